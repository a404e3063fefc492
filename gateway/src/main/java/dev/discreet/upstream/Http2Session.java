package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.http2.ClientStream;
import dev.discreet.http2.StrictCodec;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2 to an upstream (RFC 9113): each exchange has a stream. Until the
 * handshakes are through, exchanges wait. On one event loop.
 */
final class Http2Session extends ChannelInboundHandlerAdapter {
  /** Before the peer has said how many it takes, as many as it should (RFC 9113 §6.5.2). */
  private static final int FIRST_STREAMS = 100;

  private final UpstreamConfig config;
  private final DecoderLimits limits;
  private final BooleanSupplier retired;
  private final Http2FrameCodec codec;
  private final LazyTimer idle;
  private final Liveness liveness;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Channel channel;
  private @Nullable UpstreamFailure failure;
  private boolean connected;
  private boolean leaving;
  private int streams;

  private record Waiting(ConnectionOwner owner, Connector.Outcome outcome) {}

  /**
   * Prepares.
   *
   * @param retired whether nobody new will come
   */
  Http2Session(
      EventLoop loop, UpstreamConfig config, DecoderLimits limits, BooleanSupplier retired) {
    this.config = config;
    this.limits = limits;
    this.retired = retired;
    codec = StrictCodec.client(limits.headers());
    idle = new LazyTimer(loop, this::closeIfIdle);
    liveness = new Liveness(config.timeouts().connect(), this::vanished);
  }

  /** Adds its handlers to a socket, above TLS. */
  void speak(Channel socket) {
    channel = socket;
    socket
        .pipeline()
        .addLast(
            liveness, codec, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()), this);
  }

  /** {@return whether another exchange may have a stream of it} */
  boolean takes() {
    if (leaving || liveness.doubted()) {
      return false;
    }
    return connected
        ? codec.connection().local().canOpenStream() && streams < most()
        : waiting.size() < FIRST_STREAMS;
  }

  private int most() {
    return codec.connection().local().maxActiveStreams();
  }

  void open(ConnectionOwner owner, Connector.Outcome outcome) {
    Channel socket = channel;
    if (!connected || socket == null) {
      waiting.add(new Waiting(owner, outcome));
      return;
    }
    streams++;
    idle.disarm();
    new Http2StreamChannelBootstrap(socket)
        .option(ChannelOption.AUTO_READ, false)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel stream) {
                ClientStream answers =
                    new ClientStream(config.tls() != null, limits, Http2Session.this::wasReset);
                stream
                    .pipeline()
                    .addLast(
                        answers, new UpstreamConnection(stream, answers, owner, () -> failure));
              }
            })
        .open()
        .addListener((Future<Http2StreamChannel> done) -> opened(done, outcome));
  }

  /**
   * RFC 9113 §7: the peer has too much of this connection, whatever of it. One that has counted up
   * to its limit resets each further stream too.
   */
  private void wasReset(long code) {
    leaving |= code == Http2Error.ENHANCE_YOUR_CALM.code();
  }

  private void opened(Future<Http2StreamChannel> done, Connector.Outcome outcome) {
    if (!done.isSuccess()) {
      ended();
      outcome.failed(
          OutOfMemory.isCauseOf(done.cause())
              ? UpstreamFailure.noMemory()
              : UpstreamFailure.badGateway("no stream: " + done.cause().getMessage()));
      return;
    }
    Http2StreamChannel stream = done.getNow();
    stream.closeFuture().addListener(closed -> ended());
    UpstreamConnection connection = stream.pipeline().get(UpstreamConnection.class);
    connection.opened();
    outcome.connected(connection);
  }

  private void ended() {
    streams--;
    if (channel != null) {
      liveness.streamEnded(channel.pipeline().context(liveness));
    }
    if (streams == 0 && (leaving || retired.getAsBoolean())) {
      closeIfIdle();
    } else if (streams == 0) {
      idle.arm(config.connections().idle());
    }
  }

  /** The handshakes of TCP and TLS are through. */
  void connected() {
    Channel socket = channel;
    if (socket == null || !speaksHttp2(socket)) {
      failed(UpstreamFailure.badGateway("it does not speak HTTP/2"));
      return;
    }
    connected = true;
    socket.config().setAutoRead(true);
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      open(next.owner(), next.outcome());
    }
  }

  private static boolean speaksHttp2(Channel socket) {
    SslHandler tls = socket.pipeline().get(SslHandler.class);
    return tls == null || ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
  }

  private void vanished(Duration wait) {
    failure =
        UpstreamFailure.badGateway(
            "it did not answer a PING within %d ms".formatted(wait.toMillis()));
  }

  void failed(UpstreamFailure why) {
    leaving = true;
    while (!waiting.isEmpty()) {
      waiting.remove().outcome().failed(why);
    }
    closeIfIdle();
  }

  /** Closes it unless a stream is under way. */
  void closeIfIdle() {
    leaving |= retired.getAsBoolean() || streams == 0;
    if (streams == 0 && waiting.isEmpty() && channel != null) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Http2GoAwayFrame) {
      leaving = true;
      closeIfIdle();
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      leaving = true;
      ctx.pipeline().context(codec).close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    leaving = true;
    idle.cancel();
    ctx.fireChannelInactive();
  }

  /** Its streams are told by their ends. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (OutOfMemory.isCauseOf(cause)) {
      failure = UpstreamFailure.noMemory();
    }
    leaving = true;
    ctx.pipeline().context(codec).close();
  }
}

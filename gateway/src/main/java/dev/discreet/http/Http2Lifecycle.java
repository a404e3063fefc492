package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.upstream.LazyTimer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a connection of HTTP/2 lives: until the client leaves, or rests too long, or does not
 * read, or has had its requests, or the gateway goes down. What ends in order is announced (GOAWAY,
 * RFC 9113 §6.8), and the streams that there are come to their end.
 */
final class Http2Lifecycle extends ChannelDuplexHandler {
  private static final Logger log = LoggerFactory.getLogger(Http2Lifecycle.class);

  private final Channel channel;
  private final Http2FrameCodec codec;
  private final Gateway gateway;
  private final boolean shed;
  private final Set<Channel> streams = new HashSet<>();
  private final LazyTimer quiet;
  private final LazyTimer stalled;
  private final LazyTimer slow;
  private int requests;
  private boolean ending;

  /**
   * Governs one connection.
   *
   * @param shed whether it is one too many: it has one request, and little time to begin it
   */
  Http2Lifecycle(Channel channel, Http2FrameCodec codec, Gateway gateway, boolean shed) {
    this.channel = channel;
    this.codec = codec;
    this.gateway = gateway;
    this.shed = shed;
    quiet = new LazyTimer(channel.eventLoop(), this::rested);
    slow = new LazyTimer(channel.eventLoop(), () -> cut("the client took too long"));
    stalled = new LazyTimer(channel.eventLoop(), () -> cut("the client does not read"));
  }

  private GatewayConfig config() {
    return gateway.current().config();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    quiet.arm(shed ? LoadShedding.PATIENCE : config().timeouts().idle());
    if (gateway.draining()) {
      announceEnd();
    }
  }

  /** The first octets of a head are there. */
  void headBegun() {
    slow.arm(config().timeouts().header());
  }

  void headWhole() {
    slow.disarm();
  }

  /** A stream begins. */
  void opened(Channel stream) {
    streams.add(stream);
    quiet.disarm();
    stream.closeFuture().addListener(closed -> closed(stream));
    int most = config().limits().requestsPerConnection();
    if (++requests == most || shed) {
      end();
    }
  }

  private void closed(Channel stream) {
    streams.remove(stream);
    if (streams.isEmpty()) {
      quiet.arm(config().timeouts().idle());
    }
  }

  private void rested() {
    if (ending) {
      // Announced before, and the client keeps it open nevertheless.
      closeAtOnce();
    } else if (shed) {
      channel.write(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM));
      channel.close();
    } else {
      end();
      quiet.arm(config().timeouts().idle());
    }
  }

  /** No stream is refused yet, but the client learns that it should use another connection. */
  void announceEnd() {
    channel.writeAndFlush(
        new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
  }

  /** No further stream is taken; the connection ends with those that there are. */
  void end() {
    if (!ending) {
      ending = true;
      // The codec says it only where none was said before.
      channel.write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
      channel.close();
    }
  }

  private void cut(String reason) {
    channel.pipeline().fireUserEventTriggered(new Cut(reason));
  }

  /** Past the codec, which would wait for streams. */
  private void closeAtOnce() {
    ChannelHandlerContext below = channel.pipeline().context(codec);
    if (below == null) {
      channel.close();
    } else {
      below.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Cut cut) {
      List<Channel> under = new ArrayList<>(streams);
      under.forEach(stream -> stream.pipeline().fireUserEventTriggered(cut));
      closeAtOnce();
    } else if (event instanceof ChannelInputShutdownEvent) {
      closeAtOnce();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  /** Who does not read is not read: else answers to him pile up. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    ctx.channel().config().setAutoRead(writable);
    if (writable) {
      stalled.disarm();
    } else {
      stalled.arm(config().timeouts().idle());
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    quiet.cancel();
    stalled.cancel();
    slow.cancel();
    ctx.fireChannelInactive();
  }

  /** The codec has sent GOAWAY, and ends the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2Exception) {
      log.debug("a connection of {} broke: {}", channel.remoteAddress(), cause.toString());
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}

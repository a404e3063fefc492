package dev.discreet.http;

import dev.discreet.config.LimitsConfig;
import dev.discreet.http.Connections.Admission;
import dev.discreet.http2.HeadWatch;
import dev.discreet.http2.ServerStream;
import dev.discreet.http2.StrictCodec;
import dev.discreet.upstream.Tunnel;
import dev.discreet.wire.RequestDecoder;
import dev.discreet.wire.ServerEncoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;

/** The stations that a request passes, in order, with the reason for each place. */
final class GatewayPipeline extends ChannelInitializer<Channel> {
  private final Gateway gateway;
  private final int listener;
  private final OnceAMinute seldom = new OnceAMinute();

  /**
   * For one listener.
   *
   * @param listener which, by its place in the configuration
   */
  GatewayPipeline(Gateway gateway, int listener) {
    this.gateway = gateway;
    this.listener = listener;
  }

  @Override
  protected void initChannel(Channel channel) {
    Admission admission = gateway.connections().opened(channel, limits());
    if (admission == Admission.DROPPED) {
      channel.close();
    } else if (gateway.current().config().listen().get(listener).proxyProtocol()) {
      // Before TLS too: who calls must be known before anything is done for it.
      channel
          .pipeline()
          .addLast(
              ProxyHeader.decoder(),
              new ProxyHeader(gateway, seldom, () -> admit(channel, admission)));
    } else {
      admit(channel, admission);
    }
  }

  private LimitsConfig limits() {
    return gateway.current().config().limits();
  }

  private void admit(Channel channel, Admission ofAll) {
    Admission ofAddress = gateway.connections().identified(channel, Peer.of(channel), limits());
    if (ofAddress == Admission.DROPPED) {
      channel.close();
    } else {
      speak(channel, ofAll == Admission.SHED || ofAddress == Admission.SHED);
    }
  }

  private void speak(Channel channel, boolean shed) {
    // What comes is read by all others as if it had come in cleartext.
    SslHandler tls =
        gateway
            .current()
            .tls()
            .contexts()
            .get(listener)
            .map(context -> secure(channel, context))
            .orElse(null);
    // Until a client has shown otherwise it speaks HTTP/1.1.
    channel.pipeline().addLast(new ProtocolSwitch(tls, () -> speakHttp2(channel, shed)));
    speakHttp1(channel, shed);
  }

  private void speakHttp1(Channel channel, boolean shed) {
    RequestDecoder decoder = new RequestDecoder(() -> gateway.current().headLimits());
    ServerEncoder encoder = new ServerEncoder();
    // Octets become messages, strictly; what breaks the grammar becomes one Malformed.
    channel.pipeline().addLast(decoder, encoder);
    addStations(channel, new ConnectionFlow(decoder, encoder, gateway), shed);
  }

  /** The handlers of HTTP/1.1 go; those of TLS stay. */
  private void speakHttp2(Channel channel, boolean shed) {
    ChannelPipeline pipeline = channel.pipeline();
    while (!(pipeline.last() instanceof ProtocolSwitch)) {
      pipeline.removeLast();
    }
    Http2FrameCodec codec = StrictCodec.server(limits().concurrentStreams(), limits().headers());
    Http2Lifecycle lifecycle = new Http2Lifecycle(channel, codec, gateway, shed);
    // Before the codec, which tells of a head when it is whole.
    pipeline.addLast(new HeadWatch(lifecycle::headBegun, lifecycle::headWhole));
    // Frames, and the state of the connection; then a channel for each stream.
    pipeline.addLast(codec, new Http2MultiplexHandler(new StreamPipeline(lifecycle, shed)));
    // Behind both, since it tells them when to end.
    pipeline.addLast(lifecycle, new LastResort(gateway.inFlight()));
    channel.config().setAutoRead(true);
  }

  /** A stream of HTTP/2 has the stations that a connection of HTTP/1.1 has. */
  private final class StreamPipeline extends ChannelInitializer<Channel> {
    private final Http2Lifecycle lifecycle;
    private final boolean shed;

    StreamPipeline(Http2Lifecycle lifecycle, boolean shed) {
      this.lifecycle = lifecycle;
      this.shed = shed;
    }

    @Override
    protected void initChannel(Channel stream) {
      ServerStream messages = new ServerStream(() -> gateway.current().headLimits());
      stream.config().setAutoRead(false);
      stream.pipeline().addLast(messages);
      addStations(stream, new StreamFlow(messages, gateway), shed);
      lifecycle.opened(stream);
    }
  }

  /**
   * Adds what each request passes, whatever the protocol.
   *
   * @param flow how an exchange ends
   * @param shed whether the connection is one too many
   */
  private void addStations(Channel channel, ChannelHandler flow, boolean shed) {
    ChannelPipeline pipeline = channel.pipeline();
    // Before anything that waits on purpose, so that only the client's slowness is counted.
    pipeline.addLast(
        new ClientTimeouts(
            () -> gateway.current().config().timeouts(),
            channel,
            channel instanceof Http2StreamChannel));
    // Holds the body back until the decision: nobody reads it before.
    pipeline.addLast(new BodyGate());
    // Below everything that answers: it alone knows how the connection goes on.
    pipeline.addLast(flow);
    // Before the guards: what they refuse is on record too. Here a request gets its snapshot.
    pipeline.addLast(new RequestLog(gateway));
    // Before anything is looked at: what is too much does not depend on what is asked.
    pipeline.addLast(new LoadShedding(gateway.inFlight(), shed));
    // Step 0, by the bytes of the head alone, before anybody asks who calls.
    pipeline.addLast(new FramingGuard(exchange -> exchange.snapshot().config().tokenFrom()));
    pipeline.addLast(new TargetGuard(exchange -> exchange.snapshot().config().paths()));
    // Before step 1: a browser sends no credential when it asks whether it may.
    pipeline.addLast(new Preflight());
    // Before step 1: a client with a bad token must learn here how to get a good one.
    pipeline.addLast(new PublicDocuments());
    // Step 1: a bad credential is 401 for every path, so it comes before the route.
    pipeline.addLast(new Authentication());
    // Step 2, before the route: who is blocked is answered the same for every path.
    pipeline.addLast(new EnumerationGuard());
    // Steps 3 to 6: the only place where the core is asked, and the only one that may probe.
    pipeline.addLast(new Authorization());
    // Opened by a permit and by nothing else.
    pipeline.addLast(new Forwarding(gateway));
    // What nobody foresaw ends the connection, and is told.
    pipeline.addLast(new LastResort(gateway.inFlight()));
  }

  /**
   * No HTTP is spoken any more: but for TLS and the log, {@code side} alone is left, and gets what
   * the decoder had held.
   */
  static void becomeTunnel(ChannelPipeline pipeline, Tunnel.Side side) {
    pipeline.addBefore(pipeline.context(LastResort.class).name(), null, side);
    for (ChannelHandler station : pipeline.toMap().values()) {
      switch (station) {
        case SslHandler _, TlsSession _, RequestLog _, Tunnel.Side _, LastResort _ -> {
          // These stay.
        }
        case RequestDecoder _ -> {
          // It goes last, since what it holds goes through those that stay.
        }
        default -> pipeline.remove(station);
      }
    }
    pipeline.remove(RequestDecoder.class);
  }

  private SslHandler secure(Channel channel, TlsContext context) {
    SslHandler tls = context.handler(channel);
    tls.setHandshakeTimeoutMillis(gateway.current().config().timeouts().tls().toMillis());
    channel.pipeline().addLast(tls, new TlsSession(channel, tls));
    return tls;
  }
}

package dev.discreet.http;

import dev.discreet.wire.RequestDecoder;
import dev.discreet.wire.ServerEncoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/** The stations that a request passes, in order, with the reason for each place. */
final class GatewayPipeline extends ChannelInitializer<Channel> {
  private final Gateway gateway;
  private final int listener;

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
    RequestDecoder decoder = new RequestDecoder(() -> gateway.current().headLimits());
    ServerEncoder encoder = new ServerEncoder();
    ConnectionFlow flow = new ConnectionFlow(decoder, encoder, gateway);
    ChannelPipeline pipeline = channel.pipeline();

    // What comes is read by all others as if it had come in cleartext.
    gateway.current().tls().contexts().get(listener).ifPresent(context -> secure(channel, context));
    // Octets become messages, strictly; what breaks the grammar becomes one Malformed.
    pipeline.addLast(decoder, encoder);
    // Before anything that waits on purpose, so that only the client's slowness is counted.
    pipeline.addLast(new ClientTimeouts(() -> gateway.current().config().timeouts(), channel));
    // Holds the body back until the decision: nobody reads it before.
    pipeline.addLast(new BodyGate());
    // Below everything that answers: it alone knows how the connection goes on.
    pipeline.addLast(flow);
    // Too many connections end here, before a single octet of theirs is read.
    pipeline.addLast(new ConnectionLimit(gateway));
    // Before the guards: what they refuse is on record too. Here a request gets its snapshot.
    pipeline.addLast(new RequestLog(gateway));
    // Step 0, by the bytes of the head alone, before anybody asks who calls.
    pipeline.addLast(new FramingGuard(exchange -> exchange.snapshot().config().tokenFrom()));
    pipeline.addLast(new TargetGuard(exchange -> exchange.snapshot().config().paths()));
    // Before step 1: a client with a bad token must learn here how to get a good one.
    pipeline.addLast(new PublicDocuments());
    // Step 1: a bad credential is 401 for every path, so it comes before the route.
    pipeline.addLast(new Authentication());
    // Steps 3 to 6: the only place where the core is asked, and the only one that may probe.
    pipeline.addLast(new Authorization());
    // Opened by a permit and by nothing else.
    pipeline.addLast(new Forwarding(gateway));
    // What nobody foresaw ends the connection, and is told.
    pipeline.addLast(new LastResort());
  }

  private void secure(Channel channel, SslContext context) {
    SslHandler tls = context.newHandler(channel.alloc());
    tls.setHandshakeTimeoutMillis(gateway.current().config().timeouts().tls().toMillis());
    channel.pipeline().addLast(tls, new TlsSession(channel, tls));
  }
}

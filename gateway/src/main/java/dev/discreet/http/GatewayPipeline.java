package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LimitsConfig;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.RequestDecoder;
import dev.discreet.wire.ServerEncoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;

/** The stations that a request passes, in order, with the reason for each place. */
final class GatewayPipeline extends ChannelInitializer<Channel> {
  private final Gateway gateway;

  GatewayPipeline(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  protected void initChannel(Channel channel) {
    GatewayConfig config = gateway.config();
    LimitsConfig limits = config.limits();
    RequestDecoder decoder =
        new RequestDecoder(
            new DecoderLimits(limits.headers(), limits.headerCount(), limits.target()));
    ServerEncoder encoder = new ServerEncoder();
    ConnectionFlow flow = new ConnectionFlow(decoder, encoder, limits, gateway::draining);
    ChannelPipeline pipeline = channel.pipeline();

    // Octets become messages, strictly; what breaks the grammar becomes one Malformed.
    pipeline.addLast(decoder, encoder);
    // Before anything that waits on purpose, so that only the client's slowness is counted.
    pipeline.addLast(new ClientTimeouts(config.timeouts(), channel));
    // Holds the body back until the decision: nobody reads it before.
    pipeline.addLast(new BodyGate());
    // Below everything that answers: it alone knows how the connection goes on.
    pipeline.addLast(flow);
    // Too many connections end here, before a single octet of theirs is read.
    pipeline.addLast(new ConnectionLimit(gateway.connections(), limits));
    // Before the guards: what they refuse is on record too.
    pipeline.addLast(
        new RequestLog(gateway.telemetry(), config.log().requests(), config.trustedProxies()));
    // Step 0, by the bytes of the head alone, before anybody asks who calls.
    pipeline.addLast(new FramingGuard());
    pipeline.addLast(new TargetGuard(config.paths()));
    // Step 1: a bad credential is 401 for every path, so it comes before the route.
    pipeline.addLast(new Authentication(gateway.verifier(), gateway.answers()));
    // Steps 3 to 6: the only place where the core is asked, and the only one that may probe.
    pipeline.addLast(
        new Authorization(gateway.authorizer(), gateway.upstreams().probe(), gateway.answers()));
    // Opened by a permit and by nothing else.
    pipeline.addLast(new Forwarding(gateway.upstreams(), gateway.requestHeads()));
    // What nobody foresaw ends the connection, and is told.
    pipeline.addLast(new LastResort());
  }
}

package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.identity.IdentityTransport;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.upstream.Upstreams;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;

/** Builds what a gateway consists of from its configuration. */
final class Parts {
  private Parts() {}

  static TokenVerifier verifier(
      GatewayConfig config, Telemetry telemetry, Transport transport, EventLoopGroup loops) {
    return new TokenVerifier(
        config.issuers(),
        config.limits().token(),
        new IdentityTransport(loops, transport.client(), transport.datagram()),
        telemetry.tokens(),
        Clock.systemUTC());
  }

  static Upstreams upstreams(GatewayConfig config, Telemetry telemetry, Transport transport) {
    return new Upstreams(
        config.upstreams(),
        new DecoderLimits(config.limits().headers(), config.limits().headerCount(), 0),
        transport.client(),
        transport.datagram(),
        telemetry);
  }
}

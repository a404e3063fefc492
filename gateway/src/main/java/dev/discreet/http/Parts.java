package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.guard.Guard;
import dev.discreet.identity.IdentityTransport;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.ConditionFailures;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.upstream.RequestHeads;
import dev.discreet.upstream.Upstreams;
import dev.discreet.wire.DecoderLimits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.net.InetSocketAddress;
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

  static Guard guard(GatewayConfig config, Transport transport, EventLoopGroup loops) {
    return new Guard(
        config.guard(),
        new Bootstrap().group(loops).channel(transport.client()).resolver(names(transport)));
  }

  private static AddressResolverGroup<InetSocketAddress> names(Transport transport) {
    return new DnsAddressResolverGroup(
        transport.datagram(), DnsServerAddressStreamProviders.platformDefault());
  }

  static Upstreams upstreams(
      GatewayConfig config, Telemetry telemetry, Transport transport, EventLoopGroup loops) {
    return upstreams(
        config,
        telemetry,
        new ReflectiveChannelFactory<>(transport.client()),
        names(transport),
        loops);
  }

  static Upstreams upstreams(
      GatewayConfig config,
      Telemetry telemetry,
      ChannelFactory<?> channels,
      AddressResolverGroup<InetSocketAddress> resolver,
      EventLoopGroup loops) {
    return new Upstreams(
        config.upstreams(), answerLimits(config), channels, resolver, loops, telemetry);
  }

  static Snapshot first(
      GatewayConfig config,
      Telemetry telemetry,
      TokenVerifier verifier,
      Guard guard,
      Upstreams upstreams) {
    ConditionFailures failures = new FailedConditions(telemetry.conditions());
    return snapshot(
        config,
        TlsContexts.of(config.listen()),
        new Authorizer(config.routes(), config.grants(), failures),
        verifier,
        guard,
        upstreams);
  }

  private static Snapshot snapshot(
      GatewayConfig config,
      TlsContexts tls,
      Authorizer authorizer,
      TokenVerifier verifier,
      Guard guard,
      Upstreams upstreams) {
    return new Snapshot(
        config,
        tls,
        new DecoderLimits(
            config.limits().headers(), config.limits().headerCount(), config.limits().target()),
        verifier,
        guard,
        upstreams,
        authorizer,
        new Answers(config),
        config.cors() == null ? null : new Cors(config.cors()),
        new RequestHeads(
            config.forward(), config.tokenFrom(), config.trustedProxies(), config.upstreams()));
  }

  /** {@return what follows from the next configuration, with what of {@code before} still fits} */
  static Snapshot next(GatewayConfig config, Snapshot before) {
    return snapshot(
        config,
        before.tls().next(config.listen()),
        before.authorizer().next(config.routes(), config.grants()),
        before.verifier().next(config.issuers(), config.limits().token()),
        before.guard().next(config.guard()),
        before.upstreams().next(config.upstreams(), answerLimits(config)));
  }

  private static DecoderLimits answerLimits(GatewayConfig config) {
    return new DecoderLimits(config.limits().headers(), config.limits().headerCount(), 0);
  }
}

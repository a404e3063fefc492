package dev.discreet.upstream;

import dev.discreet.client.ProviderClient;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.config.UpstreamConfig.ClientCredentials;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One upstream: its addresses, and what is known of its resources. */
final class Upstream {
  private final UpstreamConfig config;
  private final DecoderLimits limits;
  private final Connector connector;
  private final Balancer balancer;
  private final @Nullable HealthChecks checks;
  private final RetryBudget retries;
  private final @Nullable ProbeToken probeToken;
  private final UpstreamProbes probes;

  Upstream(
      UpstreamConfig config,
      DecoderLimits limits,
      ChannelFactory<?> channels,
      AddressResolverGroup<InetSocketAddress> resolver,
      EventLoopGroup loops,
      Telemetry telemetry) {
    this.config = config;
    this.limits = limits;
    connector = new Connector(config, limits, channels, telemetry.upstreams());
    retries = new RetryBudget(config.name(), config.connections().perHost(), telemetry.upstreams());
    balancer = new Balancer(config, connector, resolver, telemetry.upstreams());
    UpstreamConfig.Checks asked = config.health().checks();
    checks =
        asked == null ? null : new HealthChecks(config, asked, balancer, connector, loops.next());
    ClientCredentials credentials = config.probe().credential();
    probeToken =
        credentials == null
            ? null
            : new ProbeToken(
                config.name(),
                credentials,
                new ProviderClient(channels, resolver),
                System::nanoTime);
    probes = new UpstreamProbes(this, telemetry.probes());
  }

  static Upstream of(Map<String, Upstream> upstreams, String name) {
    Upstream upstream = upstreams.get(name);
    if (upstream == null) {
      throw new IllegalArgumentException("a route names an upstream that is not there: " + name);
    }
    return upstream;
  }

  UpstreamConfig config() {
    return config;
  }

  /** Begins to check its addresses, where that is asked for. */
  void start() {
    if (checks != null) {
      checks.start();
    }
  }

  /** {@return the way of an exchange on {@code loop} to a connection} */
  Journey journey(EventLoop loop, Pool.Borrower exchange) {
    return new Journey(balancer, loop, exchange);
  }

  RetryBudget retries() {
    return retries;
  }

  /** {@return the gateway's own token for probes, or null where they need none} */
  @Nullable ProbeToken probeToken() {
    return probeToken;
  }

  UpstreamProbes probes() {
    return probes;
  }

  /** {@return whether it is as the next configuration wants it} */
  boolean serves(UpstreamConfig nextConfig, DecoderLimits nextLimits) {
    return config.equals(nextConfig) && limits.equals(nextLimits);
  }

  /** Looks no name up, and checks no address any more. */
  void stop() {
    if (checks != null) {
      checks.close();
    }
    balancer.stop();
  }

  /** No configuration has it any more: its connections end with their exchanges. */
  void retire() {
    stop();
    balancer.retire();
    connector.retire();
  }
}

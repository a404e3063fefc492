package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** All upstreams of a configuration. Those that the next one does not change outlive it. */
public final class Upstreams implements AutoCloseable {
  private final ChannelFactory<?> channels;
  private final AddressResolverGroup<InetSocketAddress> resolver;
  private final EventLoopGroup loops;
  private final Telemetry telemetry;
  private final Map<String, Upstream> byName;
  private final RequestForwarder forwarder;
  private final ExistenceProbe probe;

  /**
   * Prepares the first ones; connections are made when they are needed.
   *
   * @param configs by name
   * @param limits of an answer's head
   * @param channels makes the connections
   * @param resolver finds hosts by name; closed with these upstreams
   * @param loops which check the health of addresses
   */
  public Upstreams(
      Map<String, UpstreamConfig> configs,
      DecoderLimits limits,
      ChannelFactory<?> channels,
      AddressResolverGroup<InetSocketAddress> resolver,
      EventLoopGroup loops,
      Telemetry telemetry) {
    this(configs, limits, channels, resolver, loops, telemetry, Map.of());
  }

  private Upstreams(
      Map<String, UpstreamConfig> configs,
      DecoderLimits limits,
      ChannelFactory<?> channels,
      AddressResolverGroup<InetSocketAddress> resolver,
      EventLoopGroup loops,
      Telemetry telemetry,
      Map<String, Upstream> before) {
    this.channels = channels;
    this.resolver = resolver;
    this.loops = loops;
    this.telemetry = telemetry;
    Map<String, Upstream> upstreams = new HashMap<>();
    configs.forEach(
        (name, config) -> {
          Upstream known = before.get(name);
          upstreams.put(
              name,
              known != null && known.serves(config, limits)
                  ? known
                  : begun(new Upstream(config, limits, channels, resolver, loops, telemetry)));
        });
    byName = Map.copyOf(upstreams);
    forwarder = new RequestForwarder(byName, telemetry.upstreams());
    probe = new ExistenceProbe(byName);
  }

  private static Upstream begun(Upstream upstream) {
    upstream.start();
    return upstream;
  }

  /**
   * {@return the upstreams of the next configuration} They share with these what did not change:
   * connections, and answers of probes. One of the two is to be {@linkplain #retire retired}, the
   * other closed.
   */
  public Upstreams next(Map<String, UpstreamConfig> configs, DecoderLimits limits) {
    return new Upstreams(configs, limits, channels, resolver, loops, telemetry, byName);
  }

  /** {@return the way for permitted requests} */
  public RequestForwarder forwarder() {
    return forwarder;
  }

  /** {@return the way for questions of existence} */
  public ExistenceProbe probe() {
    return probe;
  }

  /** Lets go of what {@code next} does not have; what is under way comes to its end. */
  public void retire(Upstreams next) {
    byName.forEach(
        (name, upstream) -> {
          if (!upstream.equals(next.byName.get(name))) {
            upstream.retire();
          }
        });
  }

  @Override
  public void close() {
    byName.values().forEach(Upstream::stop);
    resolver.close();
  }
}

package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.ChannelFactory;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** All upstreams of a configuration. */
public final class Upstreams implements AutoCloseable {
  private final AddressResolverGroup<InetSocketAddress> resolver;
  private final RequestForwarder forwarder;
  private final ExistenceProbe probe;

  /**
   * Prepares them; connections are made when they are needed.
   *
   * @param configs by name
   * @param limits of an answer's head
   * @param channels makes the connections
   * @param resolver finds hosts by name; closed with these upstreams
   */
  public Upstreams(
      Map<String, UpstreamConfig> configs,
      DecoderLimits limits,
      ChannelFactory<?> channels,
      AddressResolverGroup<InetSocketAddress> resolver,
      Telemetry telemetry) {
    this.resolver = resolver;
    Map<String, Upstream> upstreams = new HashMap<>();
    configs.forEach(
        (name, config) ->
            upstreams.put(
                name,
                new Upstream(
                    config,
                    new Connector(config, limits, channels, resolver, telemetry.upstreams()),
                    new Quota(config))));
    forwarder = new RequestForwarder(Map.copyOf(upstreams), telemetry.upstreams());
    probe = new ExistenceProbe(Map.copyOf(upstreams), telemetry.probes());
  }

  /** {@return the way for permitted requests} */
  public RequestForwarder forwarder() {
    return forwarder;
  }

  /** {@return the way for questions of existence} */
  public ExistenceProbe probe() {
    return probe;
  }

  @Override
  public void close() {
    resolver.close();
  }
}

package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.util.HashMap;
import java.util.Map;

/** All upstreams of a configuration. */
public final class Upstreams implements AutoCloseable {
  private final DnsAddressResolverGroup resolver;
  private final RequestForwarder forwarder;
  private final ExistenceProbe probe;

  /**
   * Prepares them; connections are made when they are needed.
   *
   * @param configs by name
   * @param limits of an answer's head
   * @param channel the transport's class of connections
   * @param datagram the transport's class of the resolver's sockets
   */
  public Upstreams(
      Map<String, UpstreamConfig> configs,
      DecoderLimits limits,
      Class<? extends SocketChannel> channel,
      Class<? extends DatagramChannel> datagram,
      Telemetry telemetry) {
    resolver =
        new DnsAddressResolverGroup(datagram, DnsServerAddressStreamProviders.platformDefault());
    Map<String, Upstream> upstreams = new HashMap<>();
    configs.forEach(
        (name, config) ->
            upstreams.put(
                name,
                new Upstream(
                    config,
                    new Connector(config, limits, channel, resolver, telemetry.upstreams()),
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

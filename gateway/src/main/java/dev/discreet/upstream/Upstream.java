package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import java.util.Map;

/** One upstream and its connections. */
record Upstream(UpstreamConfig config, Connector connector, Quota quota) {
  static Upstream of(Map<String, Upstream> upstreams, String name) {
    Upstream upstream = upstreams.get(name);
    if (upstream == null) {
      throw new IllegalArgumentException("a route names an upstream that is not there: " + name);
    }
    return upstream;
  }

  Pool pool(EventLoop loop) {
    return quota.pool(loop, connector);
  }
}

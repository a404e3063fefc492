package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Decision;
import dev.discreet.telemetry.UpstreamMetrics;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;

/** Forwards what is permitted; without a permit there is no way in. */
public final class RequestForwarder {
  private final Map<String, Upstream> upstreams;
  private final UpstreamMetrics metrics;

  RequestForwarder(Map<String, Upstream> upstreams, UpstreamMetrics metrics) {
    this.upstreams = upstreams;
    this.metrics = metrics;
  }

  /**
   * Prepares to forward a request on {@code loop}, which the whole exchange stays on.
   *
   * @param permit the permit
   * @param head as it is sent, from {@link RequestHeads}
   * @param hasBody whether a body is declared
   * @param sink where the answer goes
   */
  public ForwardedExchange forward(
      Decision.Forward permit,
      UpstreamRequest head,
      boolean hasBody,
      EventLoop loop,
      ResponseSink sink) {
    Upstream upstream = Upstream.of(upstreams, permit.route().forwarding().upstream());
    UpstreamConfig config = upstream.config();
    Duration configured = permit.route().forwarding().responseTimeout();
    return new ForwardAttempts(
        upstream,
        head,
        new AnswerChanges(permit.route().forwarding().headers().response(), head.redirects()),
        hasBody,
        new ForwardAttempts.Limits(
            configured == null ? config.timeouts().response() : configured,
            config.timeouts().idle(),
            config.retries()),
        loop,
        sink,
        nanos -> metrics.answered(config.name(), nanos));
  }
}

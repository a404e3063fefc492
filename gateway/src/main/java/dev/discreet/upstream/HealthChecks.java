package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Checks every address of an upstream, again and again. On one event loop. */
final class HealthChecks {
  /**
   * One check may be lost on the way. Before an address has passed any, one that fails is enough.
   */
  private static final int FAILURES = 2;

  private final UpstreamConfig config;
  private final UpstreamConfig.Checks checks;
  private final Balancer balancer;
  private final Connector connector;
  private final EventLoop loop;
  private final Map<Endpoint, State> states = new HashMap<>();
  private volatile boolean closed;

  /** What is known of an address. */
  private static final class State {
    private boolean underWay;
    private int failures = FAILURES - 1;
  }

  HealthChecks(
      UpstreamConfig config,
      UpstreamConfig.Checks checks,
      Balancer balancer,
      Connector connector,
      EventLoop loop) {
    this.config = config;
    this.checks = checks;
    this.balancer = balancer;
    this.connector = connector;
    this.loop = loop;
  }

  void start() {
    loop.execute(() -> balancer.whenKnown(loop, this::round));
  }

  private void round() {
    if (closed) {
      return;
    }
    states.keySet().retainAll(balancer.all());
    balancer.all().forEach(this::check);
    var _ = loop.schedule(this::round, checks.every().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void check(Endpoint endpoint) {
    State state = states.computeIfAbsent(endpoint, it -> new State());
    if (!state.underWay) {
      state.underWay = true;
      new HealthCheck(
              config, checks, endpoint.destination(), loop, wrong -> landed(endpoint, state, wrong))
          .start(connector);
    }
  }

  private void landed(Endpoint endpoint, State state, @Nullable String wrong) {
    state.underWay = false;
    state.failures = wrong == null ? 0 : state.failures + 1;
    if (closed) {
      return;
    }
    if (wrong == null) {
      balancer.checked(endpoint, false, "");
    } else if (state.failures >= FAILURES) {
      balancer.checked(endpoint, true, wrong);
    }
  }

  void close() {
    closed = true;
  }
}

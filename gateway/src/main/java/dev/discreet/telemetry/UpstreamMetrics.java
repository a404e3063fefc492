package dev.discreet.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Connections to upstreams, and how long upstreams take. */
public final class UpstreamMetrics {
  private final AtomicInteger connections = new AtomicInteger();
  private final Meters<String, Timer> durations;

  UpstreamMetrics(MeterRegistry registry) {
    durations =
        new Meters<>(
            registry,
            upstream ->
                Durations.histogram(
                        "discreet.upstream.duration", "What upstreams take for forwarded requests")
                    .tag("upstream", upstream)
                    .register(registry));
    Gauge.builder("discreet.upstream.connections", connections, AtomicInteger::get)
        .description("Connections to upstreams that are open")
        .register(registry);
  }

  /**
   * Records an upstream's answer.
   *
   * @param upstream the configuration's name of it
   * @param nanos how long it took
   */
  public void answered(String upstream, long nanos) {
    durations.of(upstream).record(nanos, TimeUnit.NANOSECONDS);
  }

  void retain(Predicate<String> upstream) {
    durations.retain(upstream);
  }

  /** The gateway has connected to an upstream. */
  public void connectionOpened() {
    connections.incrementAndGet();
  }

  /** A connection to an upstream is closed. */
  public void connectionClosed() {
    connections.decrementAndGet();
  }
}

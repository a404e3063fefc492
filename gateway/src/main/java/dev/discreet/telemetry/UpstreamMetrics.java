package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Connections to upstreams, and how long upstreams take. */
public final class UpstreamMetrics {
  private final AtomicInteger connections = new AtomicInteger();
  private final Meters<String, Timer> durations;
  private final Meters<String, Counter> ejections;
  private final Meters<Retry, Counter> retries;
  private final Meters<State, Gauge> addresses;
  private final Map<State, AtomicInteger> counts = new ConcurrentHashMap<>();

  private record Retry(String upstream, boolean sent) {}

  private record State(String upstream, boolean up) {}

  UpstreamMetrics(MeterRegistry registry) {
    durations =
        new Meters<>(
            registry,
            upstream ->
                Durations.histogram(
                        "discreet.upstream.duration", "What upstreams take for forwarded requests")
                    .tag("upstream", upstream)
                    .register(registry));
    ejections =
        new Meters<>(
            registry,
            upstream ->
                Counter.builder("discreet.upstream.ejections")
                    .description("Addresses that failed too often and were left out for a while")
                    .tag("upstream", upstream)
                    .register(registry));
    retries =
        new Meters<>(
            registry,
            retry ->
                Counter.builder("discreet.upstream.retries")
                    .description("Requests that could be sent again, and whether they were")
                    .tag("upstream", retry.upstream)
                    .tag("result", retry.sent ? "sent" : "over_budget")
                    .register(registry));
    addresses =
        new Meters<>(
            registry,
            state ->
                Gauge.builder("discreet.upstream.addresses", count(state), AtomicInteger::get)
                    .description("Addresses of an upstream")
                    .tag("upstream", state.upstream)
                    .tag("state", state.up ? "up" : "left_out")
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
    ejections.retain(upstream);
    retries.retain(retry -> upstream.test(retry.upstream));
    addresses.retain(state -> upstream.test(state.upstream));
    counts.keySet().removeIf(state -> !upstream.test(state.upstream));
  }

  private AtomicInteger count(State state) {
    return counts.computeIfAbsent(state, it -> new AtomicInteger());
  }

  /** An address of an upstream failed too often and is left out for a while. */
  public void ejected(String upstream) {
    ejections.of(upstream).increment();
  }

  /**
   * A request could be sent again.
   *
   * @param sent whether it was, since the budget bore it
   */
  public void retried(String upstream, boolean sent) {
    retries.of(new Retry(upstream, sent)).increment();
  }

  /**
   * Tells how many addresses an upstream has.
   *
   * @param up those that requests go to
   * @param leftOut those that failed too often, or that checks find ill
   */
  public void addresses(String upstream, int up, int leftOut) {
    addresses(new State(upstream, true), up);
    addresses(new State(upstream, false), leftOut);
  }

  private void addresses(State state, int number) {
    count(state).set(number);
    addresses.of(state);
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

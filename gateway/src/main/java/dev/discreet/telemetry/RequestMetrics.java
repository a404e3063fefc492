package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Client connections and the requests on them. */
public final class RequestMetrics {
  /** The label of requests that no route matched, or that came to no route. */
  public static final String NO_ROUTE = "none";

  private final AtomicInteger connections = new AtomicInteger();
  private final Meters<Outcome, Counter> requests;
  private final Meters<Endpoint, Timer> durations;
  private final Meters<Observed, Counter> observations;

  RequestMetrics(MeterRegistry registry) {
    requests = new Meters<>(registry, outcome -> counter(registry, outcome));
    durations = new Meters<>(registry, endpoint -> timer(registry, endpoint));
    observations = new Meters<>(registry, observed -> counter(registry, observed));
    Gauge.builder("discreet.connections", connections, AtomicInteger::get)
        .description("Client connections that are open")
        .register(registry);
  }

  /**
   * Counts a request that ended.
   *
   * @param route the route's template, or {@code none}
   * @param method as received; counted as {@code other} unless it is a registered one
   * @param status of the answer, 499 where the client left first, 0 where the gateway ended the
   *     connection with nothing sent
   * @param decision what was decided
   * @param nanos from the head's first octet to the answer's end
   */
  public void finished(
      String route, String method, int status, DecisionLabel decision, long nanos) {
    String bounded = MethodLabel.of(method);
    requests.of(new Outcome(route, bounded, status, decision)).increment();
    durations.of(new Endpoint(route, bounded)).record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Counts a request that an observing route let pass.
   *
   * @param route the route's template
   * @param method as received
   * @param decision what would have been decided
   */
  public void observed(String route, String method, DecisionLabel decision) {
    observations.of(new Observed(route, MethodLabel.of(method), decision)).increment();
  }

  void retain(Predicate<String> route) {
    requests.retain(outcome -> route.test(outcome.route));
    durations.retain(endpoint -> route.test(endpoint.route));
    observations.retain(observed -> route.test(observed.route));
  }

  /** A client has connected. */
  public void connectionOpened() {
    connections.incrementAndGet();
  }

  /** A client's connection is closed. */
  public void connectionClosed() {
    connections.decrementAndGet();
  }

  private static Counter counter(MeterRegistry registry, Outcome outcome) {
    return Counter.builder("discreet.requests")
        .description("Requests that ended")
        .tag("route", outcome.route)
        .tag("method", outcome.method)
        .tag("status", Integer.toString(outcome.status))
        .tag("decision", outcome.decision.label())
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, Observed observed) {
    return Counter.builder("discreet.observed")
        .description("Requests that an observing route let pass and would else refuse")
        .tag("route", observed.route)
        .tag("method", observed.method)
        .tag("decision", observed.decision.label())
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, Endpoint endpoint) {
    return Durations.histogram(
            "discreet.request.duration", "From a request's first octet to its answer's last")
        .tag("route", endpoint.route)
        .tag("method", endpoint.method)
        .register(registry);
  }

  private record Outcome(String route, String method, int status, DecisionLabel decision) {}

  private record Endpoint(String route, String method) {}

  private record Observed(String route, String method, DecisionLabel decision) {}
}

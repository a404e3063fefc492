package dev.discreet.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import dev.discreet.policy.Existence;
import dev.discreet.telemetry.ProbeMetrics;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What is known, and what is being asked, of the resources of one upstream. */
final class UpstreamProbes {
  private final Upstream upstream;
  private final Cache<ProbeKey, Existence> cache;
  private final Map<ProbeKey, ProbeFlight> flights = new ConcurrentHashMap<>();
  private final ProbeLimit limit;
  private final ProbeRefusals refusals;
  private final ProbeMetrics metrics;

  UpstreamProbes(Upstream upstream, ProbeMetrics metrics) {
    this.upstream = upstream;
    this.metrics = metrics;
    cache = ProbeCache.of(upstream.config().probe());
    limit = new ProbeLimit(upstream.config().probe().maxConcurrent());
    refusals = new ProbeRefusals(upstream.config().name());
  }

  /** Asks; {@code answer} is called on {@code loop}, at once where it is remembered. */
  void ask(ProbeKey key, EventLoop loop, Consumer<Finding> answer) {
    Existence known = cache.getIfPresent(key);
    if (known != null) {
      metrics.probed(key.upstream(), ProbeMetrics.Result.CACHED);
      answer.accept(Finding.of(known));
      return;
    }
    ProbeFlight.Waiter waiter = new ProbeFlight.Waiter(loop, answer);
    ProbeFlight own = new ProbeFlight();
    own.join(waiter);
    ProbeFlight joined =
        flights.compute(key, (same, under) -> under != null && under.join(waiter) ? under : own);
    if (joined == own) {
      start(key, own, loop);
    }
  }

  private void start(ProbeKey key, ProbeFlight flight, EventLoop loop) {
    if (!limit.take()) {
      landed(key, flight, ProbeResult.unknown("too many probes at once"));
      return;
    }
    new ProbeAttempt(
            upstream,
            key,
            loop,
            result -> {
              limit.give();
              landed(key, flight, result);
            })
        .start();
  }

  private void landed(ProbeKey key, ProbeFlight flight, ProbeResult result) {
    // Remembered before it is gone from the flights: nobody finds neither and asks again.
    Existence found = result.finding().existence();
    if (!flight.stale() && found != Existence.UNKNOWN) {
      cache.put(key, found);
      if (flight.stale()) {
        cache.invalidate(key);
      }
    }
    flights.remove(key, flight);
    metrics.probed(key.upstream(), result.label());
    if (result.label() == ProbeMetrics.Result.REFUSED) {
      refusals.tell();
    }
    flight.land(result.finding());
  }

  /** Forgets one resource; what a probe finds that is under way is not remembered. */
  void forget(ProbeKey key) {
    ProbeFlight under = flights.remove(key);
    if (under != null) {
      under.goStale();
    }
    cache.invalidate(key);
  }
}

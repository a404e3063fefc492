package dev.discreet.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import dev.discreet.policy.CanonicalPath;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Resource;
import dev.discreet.policy.Route;
import dev.discreet.policy.Verdict;
import dev.discreet.telemetry.ProbeMetrics;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Asks an upstream whether a resource exists, on behalf of nobody: nothing of a caller's request
 * but the resource is part of it. Remembers answers; many who ask at once cost one probe.
 */
public final class ExistenceProbe {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final Map<String, Upstream> upstreams;
  private final Map<String, Cache<ProbeKey, Existence>> caches;
  private final Map<ProbeKey, ProbeFlight> flights = new ConcurrentHashMap<>();
  private final Map<String, ProbeLimit> limits = new ConcurrentHashMap<>();
  private final ProbeRefusals refusals = new ProbeRefusals();
  private final ProbeMetrics metrics;

  ExistenceProbe(Map<String, Upstream> upstreams, ProbeMetrics metrics) {
    this.upstreams = upstreams;
    this.metrics = metrics;
    caches = new ConcurrentHashMap<>();
    upstreams.forEach(
        (name, upstream) -> {
          caches.put(name, ProbeCache.of(upstream.config().probe()));
          limits.put(name, new ProbeLimit(upstream.config().probe().maxConcurrent()));
        });
  }

  /** Asks; {@code answer} is called on {@code loop}, at once where it is remembered. */
  public void ask(Verdict.AskExistence question, EventLoop loop, Consumer<Existence> answer) {
    ProbeKey key = key(question.route(), question.resource());
    Existence known = cache(key).getIfPresent(key);
    if (known != null) {
      metrics.probed(key.upstream(), ProbeMetrics.Result.CACHED);
      answer.accept(known);
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
    Upstream upstream = Upstream.of(upstreams, key.upstream());
    ProbeLimit limit = limits.get(key.upstream());
    if (limit == null || !limit.take()) {
      landed(key, flight, ProbeResult.unknown());
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
    if (!flight.stale() && result.existence() != Existence.UNKNOWN) {
      cache(key).put(key, result.existence());
      if (flight.stale()) {
        cache(key).invalidate(key);
      }
    }
    flights.remove(key, flight);
    metrics.probed(key.upstream(), result.label());
    if (result.label() == ProbeMetrics.Result.REFUSED) {
      refusals.tell(key.upstream());
    }
    flight.land(result.existence());
  }

  /**
   * Forgets what is known of a resource that {@code method} may change: before such a request is
   * sent and after it is answered. What a probe finds that is under way meanwhile is not
   * remembered.
   */
  public void forget(Decision.Forward permit, String method) {
    if (READS.contains(method)) {
      return;
    }
    ProbeKey key = key(permit.route(), permit.resource());
    ProbeFlight under = flights.remove(key);
    if (under != null) {
      under.goStale();
    }
    cache(key).invalidate(key);
  }

  private Cache<ProbeKey, Existence> cache(ProbeKey key) {
    Cache<ProbeKey, Existence> cache = caches.get(key.upstream());
    if (cache == null) {
      throw new IllegalArgumentException("no upstream " + key.upstream());
    }
    return cache;
  }

  private static ProbeKey key(Route route, Resource resource) {
    return new ProbeKey(
        route.forwarding().upstream(),
        resource.host() == null ? "" : resource.host(),
        CanonicalPath.of(resource.segments(), route.forwarding().stripSegments()));
  }
}

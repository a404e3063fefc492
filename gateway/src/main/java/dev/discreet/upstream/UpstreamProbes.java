package dev.discreet.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import dev.discreet.policy.Existence;
import dev.discreet.telemetry.ProbeMetrics;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known, and what is being asked, of the resources of one upstream. */
final class UpstreamProbes {
  private static final int CHANGE_PLACES = 1 << 12;

  private final Upstream upstream;
  private final Cache<ProbeKey, Existence> cache;
  private final Map<ProbeKey, ProbeFlight> flights = new ConcurrentHashMap<>();

  /** How often what callers may see was forgotten, of all resources that share a place. */
  private final AtomicIntegerArray changes = new AtomicIntegerArray(CHANGE_PLACES);

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
    ask(key, null, loop, answer);
  }

  /**
   * Asks as a caller. What was found before a change to the resource is under another name, and is
   * never met again.
   */
  void askAs(CallerHead caller, ProbeKey key, EventLoop loop, Consumer<Finding> answer) {
    int change = changes.get(place(key));
    ask(key.as(change + "/" + caller.fingerprint()), caller, loop, answer);
  }

  private static int place(ProbeKey key) {
    return Math.floorMod(key.path().hashCode() * 31 + key.host().hashCode(), CHANGE_PLACES);
  }

  private void ask(
      ProbeKey key, @Nullable CallerHead caller, EventLoop loop, Consumer<Finding> answer) {
    Existence known = cache.getIfPresent(key);
    if (known != null) {
      metrics.probed(key.upstream(), ProbeMetrics.Result.CACHED);
      answer.accept(
          known == Existence.UNKNOWN ? Finding.unknown("refused a moment ago") : Finding.of(known));
      return;
    }
    ProbeFlight.Waiter waiter = new ProbeFlight.Waiter(loop, answer);
    ProbeFlight own = new ProbeFlight();
    own.join(waiter);
    ProbeFlight joined =
        flights.compute(key, (same, under) -> under != null && under.join(waiter) ? under : own);
    if (joined == own) {
      start(key, caller, own, loop);
    }
  }

  private void start(
      ProbeKey key, @Nullable CallerHead caller, ProbeFlight flight, EventLoop loop) {
    String who = caller == null ? null : caller.subject();
    if (!limit.take(who)) {
      landed(key, flight, ProbeResult.unknown("too many probes at once"));
      return;
    }
    new ProbeAttempt(
            upstream,
            key,
            caller,
            loop,
            result -> {
              limit.give(who);
              landed(key, flight, result);
            })
        .start();
  }

  private void landed(ProbeKey key, ProbeFlight flight, ProbeResult result) {
    // Remembered before it is gone from the flights: nobody finds neither and asks again.
    Existence found = result.finding().existence();
    boolean told = found != Existence.UNKNOWN || (result.settled() && !key.caller().isEmpty());
    if (!flight.stale() && told) {
      cache.put(key, found);
      if (flight.stale()) {
        cache.invalidate(key);
      }
    }
    flights.remove(key, flight);
    metrics.probed(key.upstream(), result.label());
    // As a caller it is how an upstream says that he may not see it.
    if (result.label() == ProbeMetrics.Result.REFUSED && key.caller().isEmpty()) {
      refusals.tell();
    }
    flight.land(result.finding());
  }

  /** Forgets one resource; what a probe finds that is under way is not remembered. */
  void forget(ProbeKey key) {
    changes.incrementAndGet(place(key));
    ProbeFlight under = flights.remove(key);
    if (under != null) {
      under.goStale();
    }
    cache.invalidate(key);
  }
}

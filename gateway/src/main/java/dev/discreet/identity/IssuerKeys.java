package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one issuer's keys: fetched one at a time, ahead of time with jitter, kept while the
 * source is down. Its state is changed on its own event loop alone; the current set is read by all.
 */
final class IssuerKeys {
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration WAIT_FOR_KEY = Duration.ofMillis(500);
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);
  private static final int MOST_DOUBLED = 5;

  private record Current(KeySet keys, Instant fetched) {}

  private final IssuerConfig issuer;
  private final Supplier<CompletableFuture<KeyDocument>> source;
  private final EventLoop loop;
  private final TokenMetrics events;
  private final Clock clock;
  private final KeyLog log;
  private final RateLimit refetches;
  private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private volatile @Nullable Current current;
  private @Nullable ScheduledFuture<?> planned;
  private int failures;
  private boolean fetching;
  private boolean closed;

  /**
   * Prepares; {@link #start} begins to fetch.
   *
   * @param ticker nanoseconds that only go forward
   */
  IssuerKeys(
      IssuerConfig issuer,
      Supplier<CompletableFuture<KeyDocument>> source,
      EventLoop loop,
      TokenMetrics events,
      Clock clock,
      Ticker ticker) {
    this.issuer = issuer;
    this.source = source;
    this.loop = loop;
    this.events = events;
    this.clock = clock;
    this.log = new KeyLog(issuer.name(), ticker);
    this.refetches = new RateLimit(RETRY, ticker);
  }

  /** {@return whether they are the keys of {@code next} too, whatever else it says} */
  boolean serves(IssuerConfig next) {
    return issuer.name().equals(next.name())
        && issuer.format().equals(next.format())
        && issuer.access().equals(next.access())
        && issuer.keepKeysFor().equals(next.keepKeysFor());
  }

  void start() {
    loop.execute(this::fetch);
  }

  void close() {
    loop.execute(
        () -> {
          closed = true;
          cancelPlanned();
        });
  }

  CompletableFuture<Void> firstAttempt() {
    return firstAttempt;
  }

  /** {@return the keys, or null where they never arrived or are older than they may be} */
  @Nullable KeySet current() {
    Current known = current;
    if (known == null || !clock.instant().isBefore(known.fetched().plus(issuer.keepKeysFor()))) {
      return null;
    }
    return known.keys();
  }

  /**
   * A token names a key that is not there: asks anew, at most once in 10 s, and waits for it at
   * most 500 ms. Random key ids neither flood the source nor delay a rotation beyond that.
   *
   * @param done called once, on any event loop; one of its own for each call
   */
  void awaitRefetch(Runnable done) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> awaitRefetch(done));
      return;
    }
    boolean asking = fetching || refetches.permits();
    if (!asking) {
      done.run();
      return;
    }
    waiting.add(done);
    var _ = loop.schedule(() -> release(done), WAIT_FOR_KEY.toMillis(), TimeUnit.MILLISECONDS);
    fetch();
  }

  /** Who has waited long enough leaves the list: a source that hangs must not let it grow. */
  private void release(Runnable done) {
    if (waiting.remove(done)) {
      done.run();
    }
  }

  private void fetch() {
    if (fetching || closed) {
      return;
    }
    fetching = true;
    source.get().whenCompleteAsync(this::ended, loop);
  }

  private void ended(@Nullable KeyDocument document, @Nullable Throwable failure) {
    fetching = false;
    boolean success = document != null && accept(document.octets());
    if (failure != null) {
      log.failed(current() != null, failure);
    }
    events.jwksRefreshed(issuer.name(), success);
    firstAttempt.complete(null);
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(Runnable::run);
    failures = success ? 0 : failures + 1;
    plan(success && document != null ? ahead(document.fresh()) : again());
  }

  /** Who has no keys asks on; who has old ones can wait longer each time. */
  private Duration again() {
    Current known = current;
    if (known == null || current() == null) {
      return RETRY;
    }
    Duration wait = RETRY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLED));
    Duration left = Duration.between(clock.instant(), known.fetched().plus(issuer.keepKeysFor()));
    Duration most = left.compareTo(RETRY) > 0 ? left : RETRY;
    return wait.compareTo(most) < 0 ? wait : most;
  }

  private boolean accept(byte[] octets) {
    try {
      KeySet keys = KeySet.parse(octets);
      current = new Current(keys, clock.instant());
      log.arrived(keys.keys().size());
      return true;
    } catch (ParseException e) {
      log.failed(current() != null, e);
      return false;
    }
  }

  /** Before the keys are too old, and not on the minute: many gateways would ask together. */
  private Duration ahead(Duration fresh) {
    Duration most = fresh.compareTo(issuer.keepKeysFor()) < 0 ? fresh : issuer.keepKeysFor();
    Duration jittered =
        most.multipliedBy(ThreadLocalRandom.current().nextLong(70, 91)).dividedBy(100);
    return jittered.compareTo(LEAST_REFRESH) < 0 ? LEAST_REFRESH : jittered;
  }

  /** One plan at a time, or each refetch would begin another chain of refreshes. */
  private void plan(Duration delay) {
    cancelPlanned();
    if (!closed) {
      planned = loop.schedule(this::fetch, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void cancelPlanned() {
    if (planned != null) {
      planned.cancel(false);
    }
  }
}

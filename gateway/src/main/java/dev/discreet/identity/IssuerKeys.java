package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.channel.EventLoop;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one issuer's keys: fetched one at a time, ahead of time with jitter, kept while the
 * source is down. Its state is changed on its own event loop alone; the current set is read by all.
 */
final class IssuerKeys {
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration REFRESH = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration COMPLAINT = Duration.ofMinutes(1);
  private static final Duration WAIT_FOR_KEY = Duration.ofMillis(500);

  private record Current(KeySet keys, Instant fetched) {}

  private final IssuerConfig issuer;
  private final Supplier<CompletableFuture<byte[]>> source;
  private final EventLoop loop;
  private final TokenMetrics events;
  private final Clock clock;
  private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private @Nullable Future<?> planned;
  private volatile @Nullable Current current;
  private boolean fetching;
  private boolean closed;
  private long lastRefetchNanos;
  private boolean refetched;
  private long lastComplaintNanos;
  private boolean complained;

  IssuerKeys(
      IssuerConfig issuer,
      Supplier<CompletableFuture<byte[]>> source,
      EventLoop loop,
      TokenMetrics events,
      Clock clock) {
    this.issuer = issuer;
    this.source = source;
    this.loop = loop;
    this.events = events;
    this.clock = clock;
  }

  void start() {
    loop.execute(this::fetch);
  }

  void close() {
    loop.execute(() -> closed = true);
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
   */
  void awaitRefetch(Runnable done) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> awaitRefetch(done));
      return;
    }
    long now = System.nanoTime();
    boolean allowed = !refetched || now - lastRefetchNanos >= RETRY.toNanos();
    if (!fetching && !allowed) {
      done.run();
      return;
    }
    waiting.add(done);
    loop.schedule(() -> release(done), WAIT_FOR_KEY.toMillis(), TimeUnit.MILLISECONDS);
    if (!fetching) {
      refetched = true;
      lastRefetchNanos = now;
      fetch();
    }
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
    source
        .get()
        .whenCompleteAsync(
            (octets, failure) -> {
              fetching = false;
              boolean success = failure == null && accept(octets);
              if (failure != null) {
                complain(failure.getMessage());
              }
              events.jwksRefreshed(issuer.name(), success);
              firstAttempt.complete(null);
              List<Runnable> all = List.copyOf(waiting);
              waiting.clear();
              all.forEach(Runnable::run);
              planNext(success);
            },
            loop);
  }

  private boolean accept(byte[] octets) {
    try {
      KeySet keys = KeySet.parse(octets);
      current = new Current(keys, clock.instant());
      complained = false;
      return true;
    } catch (ParseException e) {
      complain("no key set: " + e.getMessage());
      return false;
    }
  }

  /** Once a minute: whoever is on call has read it by then. */
  private void complain(@Nullable String why) {
    long now = System.nanoTime();
    if (complained && now - lastComplaintNanos < COMPLAINT.toNanos()) {
      return;
    }
    complained = true;
    lastComplaintNanos = now;
    if (current() == null) {
      log.warn("issuer {} has no keys, its tokens are answered 503: {}", issuer.name(), why);
    } else {
      log.warn(
          "issuer {}: keys could not be refreshed, the old ones are kept: {}", issuer.name(), why);
    }
  }

  /**
   * Not on the minute: many gateways would ask together. One plan at a time, or each refetch for an
   * unknown key would begin another chain of refreshes.
   */
  private void planNext(boolean success) {
    if (closed) {
      return;
    }
    long millis = (success ? REFRESH : RETRY).toMillis();
    long jittered = success ? millis * ThreadLocalRandom.current().nextLong(80, 101) / 100 : millis;
    if (planned != null) {
      planned.cancel(false);
    }
    planned = loop.schedule(this::fetch, jittered, TimeUnit.MILLISECONDS);
  }
}

package dev.discreet.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what may happen thousands of times a second from filling the log. For many threads. */
final class OnceAMinute {
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE_NANOS);

  /** {@return whether it may be told now; if so, it is taken to be} */
  boolean permits() {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= MINUTE_NANOS && last.compareAndSet(before, now);
  }
}

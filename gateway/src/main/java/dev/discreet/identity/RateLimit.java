package dev.discreet.identity;

import java.time.Duration;

/** Permits something once in a while. For one thread. */
final class RateLimit {
  private final long everyNanos;
  private final Ticker ticker;
  private boolean permitted;
  private long lastNanos;

  RateLimit(Duration every, Ticker ticker) {
    this.everyNanos = every.toNanos();
    this.ticker = ticker;
  }

  /** {@return whether it may happen now; if so, it is taken to happen} */
  boolean permits() {
    long now = ticker.nanos();
    if (permitted && now - lastNanos < everyNanos) {
      return false;
    }
    permitted = true;
    lastNanos = now;
    return true;
  }
}

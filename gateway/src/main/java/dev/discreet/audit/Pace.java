package dev.discreet.audit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds the rate of requests, and when they end: a stranger's server is asked no faster than it was
 * agreed.
 */
final class Pace {
  private final long gapNanos;
  private final Deadline deadline;
  private long next = System.nanoTime();

  /** A rate without an end. */
  Pace(int perSecond) {
    this(perSecond, Deadline.NEVER);
  }

  /**
   * A rate.
   *
   * @param perSecond requests, 0 for as many as can be
   */
  Pace(int perSecond, Deadline deadline) {
    this.deadline = deadline;
    gapNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** {@return whether nothing more may be asked} */
  boolean over() {
    return !deadline.leaves(0);
  }

  /** Waits until {@code requests} more may be made. */
  void await(int requests) {
    if (gapNanos == 0) {
      return;
    }
    for (long now = System.nanoTime(); now - next < 0; now = System.nanoTime()) {
      LockSupport.parkNanos(next - now);
    }
    next = Math.max(next, System.nanoTime() - gapNanos) + requests * gapNanos;
  }
}

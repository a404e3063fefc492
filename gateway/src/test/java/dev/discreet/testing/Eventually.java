package dev.discreet.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that nobody announces, up to a deadline. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Eventually() {}

  /** Fails with {@code what} unless {@code condition} comes to hold. */
  public static void holds(String what, Callable<Boolean> condition) {
    holds(what, PATIENCE, condition);
  }

  /**
   * Fails with {@code what} unless {@code condition} comes to hold before {@code patience} ends.
   */
  public static void holds(String what, Duration patience, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("does not come to hold: " + what);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }
}

package dev.discreet.audit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When an audit ends, be it done or not. */
final class Deadline {
  /** There is none. */
  static final Deadline NEVER = new Deadline(Integer.MAX_VALUE, System::nanoTime);

  private final int seconds;
  private final LongSupplier nanos;
  private final long start;

  /**
   * One that is so many seconds away.
   *
   * @param seconds from now on, {@link Integer#MAX_VALUE} for never
   * @param nanos a clock that only goes on, in ns
   */
  Deadline(int seconds, LongSupplier nanos) {
    this.seconds = seconds;
    this.nanos = nanos;
    start = nanos.getAsLong();
  }

  /** {@return whether more than so many seconds are left} */
  boolean leaves(long some) {
    return seconds == Integer.MAX_VALUE
        || nanos.getAsLong() - start < TimeUnit.SECONDS.toNanos(seconds - some);
  }
}

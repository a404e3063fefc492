package dev.discreet.identity;

/** A clock that nobody sets: for measuring, not for telling the time. */
@FunctionalInterface
interface Ticker {
  /** {@return nanoseconds since some moment} */
  long nanos();
}

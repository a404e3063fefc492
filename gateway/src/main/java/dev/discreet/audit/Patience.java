package dev.discreet.audit;

import java.util.concurrent.TimeUnit;

/**
 * How long is waited.
 *
 * @param answer for an answer, in ms
 * @param hold for one that may come before a body, in ms
 * @param linger for the end of a connection after the answer, in ms
 */
record Patience(int answer, int hold, int linger) {
  /** {@return for how long an answer is waited, in ns} */
  long answerNanos() {
    return TimeUnit.MILLISECONDS.toNanos(answer);
  }
}

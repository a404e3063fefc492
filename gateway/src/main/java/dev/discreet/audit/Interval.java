package dev.discreet.audit;

/**
 * An estimate.
 *
 * @param value the best guess
 * @param low end of the confidence interval
 * @param high end of the confidence interval
 */
public record Interval(double value, double low, double high) {
  /**
   * {@return whether the difference is none, one, or neither can be said} A test of equivalence: no
   * difference is what lies within the bound with its whole interval (Schuirmann, <i>A comparison
   * of the two one-sided tests procedure …</i>, 1987), not what failed to show.
   */
  Outcome against(double bound) {
    if (low > -bound && high < bound) {
      return Outcome.PASS;
    }
    return low > bound || high < -bound ? Outcome.FAIL : Outcome.UNDECIDED;
  }

  /** {@return the smallest difference that would have been seen: how far the interval reaches} */
  double resolution() {
    return Math.max(high - value, value - low);
  }
}

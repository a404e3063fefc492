package dev.discreet.audit;

/** Fisher's exact test of two shares. */
final class FisherTest {
  private FisherTest() {}

  /**
   * {@return how probable it is, if chance alone deals them out, that all hits are dealt as
   * unevenly as this, in this direction}
   *
   * @param one hits among {@code ofOne} tries
   * @param other hits among {@code ofOther} tries
   */
  static double level(int one, int ofOne, int other, int ofOther) {
    if ((long) one * ofOther < (long) other * ofOne) {
      return level(other, ofOther, one, ofOne);
    }
    int hits = one + other;
    double term =
        Math.exp(
            logOfChoices(ofOne, one)
                + logOfChoices(ofOther, other)
                - logOfChoices(ofOne + ofOther, hits));
    double sum = term;
    // Each further term by the one before: they are too large, and too small, by themselves.
    for (int x = one; x < Math.min(ofOne, hits); x++) {
      term *= (double) (ofOne - x) / (x + 1) * (hits - x) / (ofOther - hits + x + 1);
      sum += term;
    }
    return sum;
  }

  private static double logOfChoices(int all, int some) {
    double sum = 0;
    for (int i = 1; i <= some; i++) {
      sum += Math.log((double) (all - some + i) / i);
    }
    return sum;
  }
}

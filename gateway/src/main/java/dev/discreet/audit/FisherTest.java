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
    double sum = 0;
    for (int x = one; x <= Math.min(ofOne, hits); x++) {
      sum += choose(ofOne, x) * choose(ofOther, hits - x);
    }
    return sum / choose(ofOne + ofOther, hits);
  }

  private static double choose(int all, int some) {
    double ways = 1;
    for (int i = 1; i <= some; i++) {
      ways *= (double) (all - some + i) / i;
    }
    return ways;
  }
}

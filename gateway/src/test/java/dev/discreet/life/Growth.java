package dev.discreet.life;

import java.util.Arrays;

/**
 * How values grow over time, by the test of Mann and Kendall: of all pairs, those of which the
 * later is greater less those of which it is less. Values that only fluctuate, however much, have
 * as many of the ones as of the others.
 *
 * @param deviations the difference, in standard deviations of what chance makes
 * @param ratio of the median of the last third to that of the first
 */
record Growth(double deviations, double ratio) {
  /** By chance in one case of 30,000. */
  private static final double CERTAIN = 4;

  /** A heap is never quite the same after two collections. */
  private static final double TOLERATED = 1.02;

  static Growth of(long[] values) {
    int size = values.length;
    long difference = 0;
    for (int later = 1; later < size; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        difference += Long.signum(values[later] - values[earlier]);
      }
    }
    double variance = size * (size - 1.0) * (2.0 * size + 5) / 18;
    double first = median(Arrays.copyOf(values, size / 3));
    double last = median(Arrays.copyOfRange(values, size - size / 3, size));
    return new Growth(difference / Math.sqrt(variance), last / first);
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  boolean isSteady() {
    return deviations > CERTAIN && ratio > TOLERATED;
  }
}

package dev.discreet.audit;

import java.util.Arrays;

/**
 * The median of a series and its confidence interval. Samples that follow one another resemble each
 * other, so the series is cut into blocks, and the interval is that of the median of the blocks'
 * medians by order statistics (Conover, <i>Practical Nonparametric Statistics</i>, §3.2): it
 * presumes no distribution, and no independence but that of blocks.
 */
final class Medians {
  /** Half of what 95 % leave. */
  private static final double TAIL = 0.025;

  private Medians() {}

  /** {@return the median of the blocks' medians, with 95 % confidence} */
  static Interval interval(double[] series, int blocks) {
    double[] medians = ofBlocks(series, blocks);
    Arrays.sort(medians);
    int below = belowMedian(blocks);
    return new Interval(ofSorted(medians), medians[below], medians[blocks - 1 - below]);
  }

  private static double[] ofBlocks(double[] series, int blocks) {
    double[] medians = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      int from = (int) ((long) series.length * i / blocks);
      int to = (int) ((long) series.length * (i + 1) / blocks);
      medians[i] = of(Arrays.copyOfRange(series, from, to));
    }
    return medians;
  }

  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted);
  }

  private static double ofSorted(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** How many of n values lie below the median at least, but for the tail of Binomial(n, 1/2). */
  private static int belowMedian(int n) {
    double probability = Math.pow(0.5, n);
    double sum = probability;
    int k = 0;
    while (sum <= TAIL) {
      probability = probability * (n - k) / (k + 1);
      sum += probability;
      k++;
    }
    return Math.max(0, k - 1);
  }
}

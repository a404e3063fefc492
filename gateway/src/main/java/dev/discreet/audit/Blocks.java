package dev.discreet.audit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Means over blocks of a series, and how far they can stray, by the block bootstrap (Carlstein,
 * 1986; Künsch, 1989): blocks are drawn whole, so what neighbours have in common is kept.
 */
final class Blocks {
  private static final int DRAWS = 1_000;
  private static final double CONFIDENCE = 0.95;

  private final double[][] blocks;
  private final double[] mean;

  /**
   * Of blocks.
   *
   * @param blocks a vector for each
   */
  Blocks(double[][] blocks) {
    this.blocks = blocks;
    mean = mean(index -> index);
  }

  private interface Choice {
    int of(int index);
  }

  private double[] mean(Choice choice) {
    double[] sum = new double[blocks[0].length];
    for (int i = 0; i < blocks.length; i++) {
      double[] block = blocks[choice.of(i)];
      for (int k = 0; k < sum.length; k++) {
        sum[k] += block[k];
      }
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] /= blocks.length;
    }
    return sum;
  }

  /** {@return the largest absolute value of the mean, with a band of 95 % confidence around it} */
  Interval supremum(long seed) {
    double strays = quantile(strays(seed, this::furthest), CONFIDENCE);
    double value = largest(mean);
    return new Interval(value, Math.max(0, value - strays), value + strays);
  }

  /** {@return the first value of the mean, with the percentiles that hold 95 %} */
  Interval first(long seed) {
    double[] strays = strays(seed, drawn -> drawn[0] - mean[0]);
    double tail = (1 - CONFIDENCE) / 2;
    return new Interval(
        mean[0], mean[0] + quantile(strays, tail), mean[0] + quantile(strays, 1 - tail));
  }

  private double[] strays(long seed, ToDoubleFunction<double[]> stray) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] strays = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      strays[i] = stray.applyAsDouble(mean(index -> random.nextInt(blocks.length)));
    }
    Arrays.sort(strays);
    return strays;
  }

  private double furthest(double[] drawn) {
    double furthest = 0;
    for (int k = 0; k < drawn.length; k++) {
      furthest = Math.max(furthest, Math.abs(drawn[k] - mean[k]));
    }
    return furthest;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}

package dev.discreet.audit;

import java.util.Arrays;
import java.util.List;

/**
 * Judges whether a hidden path takes another time than a missing one, by three statistics:
 *
 * <ul>
 *   <li>the median of the differences within triples. The place of each path in a triple is drawn,
 *       so where there is no difference they lie evenly around zero, whatever the noise is like;
 *   <li>the largest distance between the distributions (Kolmogorov and Smirnov's). It bounds what
 *       one request can tell: nobody guesses better by one threshold than (1 + distance) / 2;
 *   <li>the difference of the shares of outliers: a rare detour shows in no median.
 * </ul>
 */
final class TimeJudgement {
  /** Fewer triples are judged by nothing. */
  static final int LEAST = 100;

  private static final int MOST_BLOCKS = 200;
  private static final int LEAST_BLOCK = 10;

  /** In how many steps the distributions are compared: the distance is exact to 0.1 %. */
  private static final int STEPS = 1_000;

  private static final double OUTLIER_NANOS = 1e6;

  private final Samples samples;
  private final Bounds bounds;
  private final long seed;
  private final int blocks;

  TimeJudgement(Samples samples, Bounds bounds, long seed) {
    this.samples = samples;
    this.bounds = bounds;
    this.seed = seed;
    blocks = Math.min(MOST_BLOCKS, samples.size() / LEAST_BLOCK);
  }

  /** {@return the three statistics} */
  List<Judged> judged() {
    if (samples.size() < LEAST) {
      return List.of();
    }
    double[] steps = steps();
    return List.of(
        new Judged(
            Judged.MEDIAN,
            Medians.interval(differences(samples.hidden()), blocks),
            Medians.interval(floorDifferences(), blocks).value(),
            bounds.median()),
        new Judged(
            Judged.DISTANCE,
            distance(steps, samples.hidden(), samples.missing(), samples.floor()).supremum(seed),
            distance(steps, samples.floor(), samples.missing()).supremum(seed).value(),
            bounds.distance()),
        outliers());
  }

  /** Both missing ones are compared with: the pairs share what the moment brings. */
  private double[] differences(long[] hidden) {
    double[] differences = new double[2 * samples.size()];
    for (int i = 0; i < samples.size(); i++) {
      differences[2 * i] = (double) (hidden[i] - samples.missing()[i]);
      differences[2 * i + 1] = (double) (hidden[i] - samples.floor()[i]);
    }
    return differences;
  }

  private double[] floorDifferences() {
    double[] differences = new double[samples.size()];
    Arrays.setAll(differences, i -> (double) (samples.floor()[i] - samples.missing()[i]));
    return differences;
  }

  /** Quantiles of all times: where the distributions are compared. */
  private double[] steps() {
    double[] all = new double[3 * samples.size()];
    for (int i = 0; i < samples.size(); i++) {
      all[3 * i] = (double) samples.hidden()[i];
      all[3 * i + 1] = (double) samples.missing()[i];
      all[3 * i + 2] = (double) samples.floor()[i];
    }
    Arrays.sort(all);
    double[] steps = new double[STEPS];
    Arrays.setAll(steps, k -> all[(int) ((long) all.length * k / STEPS)]);
    return steps;
  }

  /** For each block, what share of one more than of the others was as fast as each step. */
  private Blocks distance(double[] steps, long[] times, long[]... others) {
    return blocks(
        (from, to) -> {
          double[] shares = new double[STEPS];
          count(times, from, to, steps, 1, shares);
          for (long[] other : others) {
            count(other, from, to, steps, -1.0 / others.length, shares);
          }
          Arrays.parallelPrefix(shares, Double::sum);
          return shares;
        });
  }

  private static void count(
      long[] times, int from, int to, double[] steps, double weight, double[] shares) {
    for (int i = from; i < to; i++) {
      int at = Arrays.binarySearch(steps, (double) times[i]);
      int step = at >= 0 ? at : -at - 2;
      shares[Math.max(0, step)] += weight / (to - from);
    }
  }

  private Judged outliers() {
    double limit = Medians.of(toDoubles(samples.missing())) + OUTLIER_NANOS;
    Interval drawn =
        blocks(
                (from, to) ->
                    new double[] {
                      share(samples.hidden(), from, to, limit)
                          - share(samples.missing(), from, to, limit) / 2
                          - share(samples.floor(), from, to, limit) / 2
                    })
            .first(seed);
    // Where none was seen there may be some: the rule of three (Hanley and Lippman-Hand, 1983).
    double unseen = 3.0 / samples.size();
    double floor =
        share(samples.floor(), 0, samples.size(), limit)
            - share(samples.missing(), 0, samples.size(), limit);
    return new Judged(
        Judged.OUTLIERS,
        new Interval(drawn.value(), drawn.low() - unseen, drawn.high() + unseen),
        floor,
        bounds.outliers());
  }

  private static double share(long[] times, int from, int to, double limit) {
    return (double) Arrays.stream(times, from, to).filter(time -> (double) time > limit).count()
        / (to - from);
  }

  private static double[] toDoubles(long[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }

  private interface OfBlock {
    double[] values(int from, int to);
  }

  /** All but what is left over when the triples are cut into blocks of one size. */
  private Blocks blocks(OfBlock each) {
    int size = samples.size() / blocks;
    double[][] values = new double[blocks][];
    Arrays.setAll(values, i -> each.values(i * size, (i + 1) * size));
    return new Blocks(values);
  }
}

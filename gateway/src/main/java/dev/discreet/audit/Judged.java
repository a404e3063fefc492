package dev.discreet.audit;

/**
 * A statistic and what it says.
 *
 * @param statistic which
 * @param difference of hidden and missing, with 95 % confidence
 * @param floor the same of missing and missing
 * @param bound up to where it is none
 */
public record Judged(String statistic, Interval difference, double floor, double bound) {
  /** The median of the differences, in ns. */
  public static final String MEDIAN = "median";

  /** The distance of the distributions, a share. */
  public static final String DISTANCE = "distance";

  /** The difference of the shares of outliers. */
  public static final String OUTLIERS = "outliers";

  /** {@return what it says} */
  public Outcome outcome() {
    return difference.against(bound);
  }
}

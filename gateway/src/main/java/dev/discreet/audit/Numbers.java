package dev.discreet.audit;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** {@return a value of a statistic, in its unit} */
  static String of(String statistic, double value) {
    return statistic.equals(Judged.MEDIAN)
        ? nanos(value)
        : String.format(Locale.ROOT, "%.2f %%", 100 * value);
  }

  /** {@return a time of so many ns} */
  static String nanos(double nanos) {
    double size = Math.abs(nanos);
    if (size < 1e4) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    return size < 1e7
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  static String title(TimeResult times) {
    return String.format(
        Locale.ROOT,
        "Time of %s in %s, %,d triples",
        times.method(),
        times.protocol().title(),
        times.triples());
  }

  static String title(String statistic) {
    return switch (statistic) {
      case Judged.MEDIAN -> "median of the differences";
      case Judged.DISTANCE -> "distance of the distributions";
      default -> "difference of shares over 1 ms";
    };
  }
}

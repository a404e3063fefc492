package dev.discreet.audit;

import java.util.Arrays;
import java.util.Locale;

/** Draws times and differences, as SVG within a page. */
final class Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 180;
  private static final int BINS = 120;
  private static final int LABEL = 20;

  /** How many times the middle half's width is drawn of what is slower. */
  private static final int SPREADS = 8;

  /** What three labels in a row take. */
  private static final int ROOM = 150;

  private Plot() {}

  /**
   * {@return the distributions of both paths, from the fastest to that which 99 % were under, or to
   * where most are far behind}
   */
  static String distributions(Samples samples) {
    long[] all = samples.missing().clone();
    Arrays.sort(all);
    double low = quantile(all, 0);
    double spread = quantile(all, 0.75) - quantile(all, 0.25);
    double far = quantile(all, 0.75) + SPREADS * spread;
    double high = Math.max(low + 1, Math.min(far, quantile(all, 0.99)));
    int[] hidden = counts(samples.hidden(), low, high);
    int[] missing = counts(samples.missing(), low, high);
    int most =
        Math.max(Arrays.stream(hidden).max().orElse(1), Arrays.stream(missing).max().orElse(1));
    StringBuilder svg = new StringBuilder();
    begin(svg, HEIGHT + LABEL, "distributions of the times");
    line(svg, "missing", missing, most);
    line(svg, "hidden", hidden, most);
    for (int i = 0; i <= 4; i++) {
      double at = low + (high - low) * i / 4;
      text(svg, WIDTH * i / 4.0, HEIGHT + LABEL - 4, i, Numbers.nanos(at));
    }
    return svg.append("</svg>").toString();
  }

  private static double quantile(long[] sorted, double share) {
    return (double) sorted[(int) (share * (sorted.length - 1))];
  }

  private static int[] counts(long[] times, double low, double high) {
    int[] counts = new int[BINS];
    for (long time : times) {
      int bin = (int) (((double) time - low) / (high - low) * BINS);
      if ((double) time >= low && bin < BINS) {
        counts[bin]++;
      }
    }
    return counts;
  }

  private static void line(StringBuilder svg, String kind, int[] counts, int most) {
    svg.append("<polyline class=\"").append(kind).append("\" points=\"");
    for (int i = 0; i < BINS; i++) {
      double y = HEIGHT - (HEIGHT - 4.0) * counts[i] / Math.max(1, most);
      point(svg, (double) WIDTH * i / BINS, y);
      point(svg, (double) WIDTH * (i + 1) / BINS, y);
    }
    svg.append("\"/>");
  }

  /** {@return an interval between its bounds} */
  static String interval(Judged judged) {
    double reach =
        1.2
            * Math.max(
                judged.bound(),
                Math.max(Math.abs(judged.difference().low()), judged.difference().high()));
    StringBuilder svg = new StringBuilder();
    begin(svg, 2 * LABEL, "interval and bounds");
    rectangle(svg, "within", x(-judged.bound(), reach), x(judged.bound(), reach), 4, LABEL - 8);
    double low = x(judged.difference().low(), reach);
    double high = x(judged.difference().high(), reach);
    rectangle(svg, "interval", low, Math.max(low + 1, high), LABEL / 2.0 - 2, 4);
    double value = x(judged.difference().value(), reach);
    rectangle(svg, "value", value - 1, value + 1, 2, LABEL - 4);
    label(svg, x(-judged.bound(), reach), x(judged.bound(), reach), bound(judged));
    return svg.append("</svg>").toString();
  }

  /** Names both bounds, and 0 where there is room between them. */
  private static void label(StringBuilder svg, double low, double high, String bound) {
    boolean wide = high - low > ROOM;
    text(svg, low, 2 * LABEL - 4, wide ? 2 : 4, "-" + bound);
    text(svg, high, 2 * LABEL - 4, wide ? 2 : 0, bound);
    if (wide) {
      text(svg, (low + high) / 2, 2 * LABEL - 4, 2, "0");
    }
  }

  private static String bound(Judged judged) {
    return Numbers.of(judged.statistic(), judged.bound());
  }

  private static double x(double value, double reach) {
    return WIDTH * (value + reach) / (2 * reach);
  }

  private static void begin(StringBuilder svg, int height, String title) {
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, height, WIDTH, title));
  }

  private static void rectangle(
      StringBuilder svg, String kind, double from, double to, double y, double height) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            kind,
            from,
            y,
            to - from,
            height));
  }

  /** Text whose place is the first, the last, or one between of five. */
  private static void text(StringBuilder svg, double x, double y, int place, String text) {
    String anchor = place == 0 ? "start" : place == 4 ? "end" : "middle";
    svg.append(
        String.format(
            Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor));
    svg.append(text).append("</text>");
  }

  private static void point(StringBuilder svg, double x, double y) {
    svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
  }
}

package dev.discreet.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 0}. */
final class Durations {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");
  // Far below what fits into nanoseconds.
  private static final Duration LONGEST = Duration.ofDays(3650);

  private Durations() {}

  /**
   * {@return the duration}
   *
   * @throws IllegalArgumentException if it is not written as one, or is longer than ten years
   */
  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is not a duration; write a whole number and ms, s, m or h, such as 500ms or 30s");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("is longer than ten years; 0 switches off where it may");
    }
    return duration;
  }

  /**
   * {@return the duration, which may not be zero}
   *
   * @throws IllegalArgumentException if it is, or is none
   */
  static Duration parsePositive(String text) {
    Duration duration = parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("can't be switched off; write a duration above 0");
    }
    return duration;
  }
}

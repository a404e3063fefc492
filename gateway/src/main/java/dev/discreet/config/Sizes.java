package dev.discreet.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in octets as text, {@code 64KiB}, {@code 10MiB} or a plain number, and whole numbers. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(B|KiB|MiB|GiB)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final int KIBI = 1024;

  private Sizes() {}

  /**
   * {@return the size in octets}
   *
   * @throws IllegalArgumentException if it is not written as one, or out of the range
   */
  static long parse(String text, long least, long most) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is not a size; write a whole number and KiB, MiB or GiB, such as 64KiB");
    }
    long number = Long.parseLong(matcher.group(1));
    long unit = unit(matcher.group(2) == null ? "B" : matcher.group(2));
    return within(number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit, least, most);
  }

  private static long unit(String name) {
    return switch (name) {
      case "KiB" -> KIBI;
      case "MiB" -> (long) KIBI * KIBI;
      case "GiB" -> (long) KIBI * KIBI * KIBI;
      default -> 1;
    };
  }

  /**
   * {@return the whole number}
   *
   * @throws IllegalArgumentException if it is none, or out of the range
   */
  static long number(String text, long least, long most) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a whole number from " + least + " to " + most);
    }
    return within(Long.parseLong(text), least, most);
  }

  private static long within(long number, long least, long most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException("must be from " + least + " to " + most);
    }
    return number;
  }
}

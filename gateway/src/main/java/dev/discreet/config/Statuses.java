package dev.discreet.config;

import dev.discreet.config.UpstreamConfig.StatusRange;

/** Reads statuses, and classes of them. */
final class Statuses {
  private Statuses() {}

  /**
   * A status, such as {@code 404}, or a class of them, such as {@code 4xx}.
   *
   * @param firstClass the least that may stand there, 1 to 5
   * @param otherwise what is said of anything else
   */
  static Type<StatusRange> from(int firstClass, String otherwise) {
    String classes = "[" + firstClass + "-5]";
    return new Type<>(
        Shape.anyOf(new Shape.Count(100L * firstClass, 599), new Shape.Text(classes + "xx")),
        node -> node.parse(text -> read(text, classes, otherwise)));
  }

  private static StatusRange read(String text, String classes, String otherwise) {
    if (text.matches(classes + "xx")) {
      int first = (text.charAt(0) - '0') * 100;
      return new StatusRange(first, first + 99);
    }
    if (text.matches(classes + "[0-9]{2}")) {
      int status = Integer.parseInt(text);
      return new StatusRange(status, status);
    }
    throw new IllegalArgumentException(otherwise);
  }
}

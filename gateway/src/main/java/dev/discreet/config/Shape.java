package dev.discreet.config;

import java.util.List;
import java.util.regex.Pattern;

/** What a value may look like, as far as that can be said without the rest of the configuration. */
sealed interface Shape {
  Shape TEXT = new Text("[\\s\\S]+");
  Shape FLAG = new Flag();

  /**
   * Text that matches a pattern as a whole.
   *
   * @param pattern one that ECMA 262 and Java read alike
   */
  record Text(String pattern) implements Shape {
    /** {@return whether it may be what YAML, unlike this gateway, takes for something else} */
    boolean matches(String word) {
      return Pattern.matches(pattern, word);
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements Shape {}

  /** A whole number. */
  record Count(long least, long most) implements Shape {}

  /** One of these words. */
  record Choice(List<String> words) implements Shape {}

  /** Whatever YAML has. */
  record Anything() implements Shape {}

  /** Whatever YAML has for a single value. */
  record Scalar() implements Shape {}

  /**
   * A list.
   *
   * @param least how many items it has at least
   */
  record Items(Shape item, int least) implements Shape {}

  /** A mapping whose keys are defined. */
  record Mapping(Keys keys) implements Shape {}

  /**
   * A mapping of names that the user chose.
   *
   * @param pattern what a name matches as a whole
   * @param least how many there are at least
   */
  record Names(String pattern, Shape value, int least) implements Shape {}

  /** One of several. */
  record AnyOf(List<Shape> shapes) implements Shape {}

  /** {@return one of several shapes} */
  static Shape anyOf(Shape... shapes) {
    return new AnyOf(List.of(shapes));
  }

  /** {@return one value, or a list of at least one} */
  static Shape oneOrList(Shape shape) {
    return anyOf(shape, new Items(shape, 1));
  }

  /** {@return names of any form, each with a value} */
  static Names names(Shape value) {
    return new Names("[\\s\\S]*", value, 0);
  }
}

package dev.discreet.config;

import java.nio.file.Path;
import java.util.Map;

/** Reads the defaults of keys, so that each is written once, as users write it. */
final class Standards {
  private Standards() {}

  /**
   * {@return what {@code yaml} says}
   *
   * @throws IllegalArgumentException if a user could not write so
   */
  static <T> T read(String name, Type<T> type, String yaml) {
    Problems problems = new Problems();
    T read = type.read(new Node(value(yaml), name, source(problems)));
    if (read == null || problems.hasErrors()) {
      throw new IllegalArgumentException("a default is wrong: " + problems.sorted());
    }
    return read;
  }

  /**
   * {@return the value}
   *
   * @throws IllegalArgumentException if it is not YAML
   */
  static Value value(String yaml) {
    Problems problems = new Problems();
    Value value = YamlParser.parse("default", yaml, problems);
    if (value == null) {
      throw new IllegalArgumentException("a default is wrong: " + problems.sorted());
    }
    return value;
  }

  private static Source source(Problems problems) {
    return new Source(Path.of(""), new Interpolation(Map.of()), problems);
  }
}

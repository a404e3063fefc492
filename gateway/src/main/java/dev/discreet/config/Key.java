package dev.discreet.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a key: all that the parser and the schema know of it.
 *
 * @param name as written
 * @param type how its value is read
 * @param required whether its absence is an error
 * @param fallback what holds where it is absent, or null
 * @param standard the fallback as a user would write it in YAML, or null where that can't be
 * @param description one line for people
 */
record Key<T>(
    String name,
    Type<T> type,
    boolean required,
    @Nullable T fallback,
    @Nullable String standard,
    String description) {
  Key {
    if (description.isBlank()) {
      throw new IllegalArgumentException("the key " + name + " is not described");
    }
  }

  static <T> Key<T> required(String name, Type<T> type, String description) {
    return new Key<>(name, type, true, null, null, description);
  }

  static <T> Key<T> optional(String name, Type<T> type, String description) {
    return new Key<>(name, type, false, null, null, description);
  }

  /**
   * A key with a default.
   *
   * @param standard the default in YAML; it is read as what a user writes is read
   */
  static <T> Key<T> of(String name, Type<T> type, String standard, String description) {
    return new Key<>(
        name, type, false, Standards.read(name, type, standard), standard, description);
  }

  /** {@return the same, whose absence is an error} */
  Key<T> asRequired() {
    return required(name, type, description);
  }

  /** A mapping of its own; absent, it is as if it were empty. */
  static Key<Section> section(String name, Keys keys, String description) {
    return section(name, keys, Function.identity(), description);
  }

  /** A mapping of its own that {@code reader} reads; absent, it is as if it were empty. */
  static <T> Key<T> section(
      String name, Keys keys, Function<Section, T> reader, String description) {
    return new Key<>(
        name, Types.mapping(keys, reader), false, reader.apply(Section.EMPTY), null, description);
  }
}

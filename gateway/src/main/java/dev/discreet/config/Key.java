package dev.discreet.config;

import org.jspecify.annotations.Nullable;

/**
 * The definition of a key.
 *
 * @param name as written
 * @param type how its value is read
 * @param required whether its absence is an error
 * @param fallback what holds where it is absent, or null
 */
record Key<T>(String name, Type<T> type, boolean required, @Nullable T fallback) {
  static <T> Key<T> required(String name, Type<T> type) {
    return new Key<>(name, type, true, null);
  }

  static <T> Key<T> optional(String name, Type<T> type) {
    return new Key<>(name, type, false, null);
  }

  static <T> Key<T> of(String name, Type<T> type, T fallback) {
    return new Key<>(name, type, false, fallback);
  }

  /** A mapping of its own; absent, it is as if it were empty. */
  static Key<Section> section(String name, Keys keys) {
    return of(name, node -> Section.of(node, keys), Section.EMPTY);
  }
}

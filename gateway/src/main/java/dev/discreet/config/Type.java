package dev.discreet.config;

import org.jspecify.annotations.Nullable;

/**
 * How the value of a key is read, and what it may look like: neither can be said without the other.
 *
 * @param shape what {@code discreet schema} says of it
 * @param reader how it is read
 */
record Type<T>(Shape shape, Reader<T> reader) {
  /** How a value is read. */
  @FunctionalInterface
  interface Reader<T> {
    /** {@return what {@code node} says, or null after its problem was reported} */
    @Nullable T read(Node node);
  }

  /** {@return what {@code node} says, or null after its problem was reported} */
  @Nullable T read(Node node) {
    return reader.read(node);
  }
}

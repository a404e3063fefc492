package dev.discreet.config;

import org.jspecify.annotations.Nullable;

/** How the value of a key is read. */
@FunctionalInterface
interface Type<T> {
  /** {@return what {@code node} says, or null after its problem was reported} */
  @Nullable T read(Node node);
}

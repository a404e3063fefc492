package dev.discreet.upstream;

import dev.discreet.policy.Existence;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a resource.
 *
 * @param existence whether it exists
 * @param failure why that can't be told, for the operator's eyes only; else null
 */
public record Finding(Existence existence, @Nullable String failure) {
  static Finding of(Existence known) {
    return new Finding(known, null);
  }

  static Finding unknown(String failure) {
    return new Finding(Existence.UNKNOWN, failure);
  }
}

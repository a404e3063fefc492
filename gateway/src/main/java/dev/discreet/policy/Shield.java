package dev.discreet.policy;

import java.util.Set;

/**
 * Which answers of an upstream become the canonical 404 (CONFIGURATION.md, {@code shield}).
 *
 * @param statuses their statuses
 * @param unlessKnown whether they are left to who may know
 */
public record Shield(Set<Integer> statuses, boolean unlessKnown) {
  /** None does. */
  public static final Shield NONE = new Shield(Set.of(), false);

  public Shield {
    statuses = Set.copyOf(statuses);
  }
}

package dev.discreet.openapi;

import dev.discreet.policy.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a method asks.
 *
 * @param derived whether it was made up, for want of scopes
 * @param note what a person should look at, or null
 */
record Asked(Requirement requirement, boolean derived, @Nullable String note) {
  static Asked of(Requirement requirement, @Nullable String note) {
    return new Asked(requirement, false, note);
  }

  static Asked made(String permission, String why) {
    return new Asked(new Requirement.AllOf(List.of(permission)), true, "derived: " + why);
  }
}

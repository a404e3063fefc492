package dev.discreet.config;

import dev.discreet.policy.Requirement;
import java.util.List;

/** Whether who meets one requirement meets another too. */
final class Implication {
  private Implication() {}

  static boolean implies(Requirement met, Requirement other) {
    return switch (other) {
      case Requirement.Public _ -> true;
      case Requirement.Authenticated _ -> !(met instanceof Requirement.Public);
      case Requirement.AllOf(List<String> all) ->
          switch (met) {
            case Requirement.Public _, Requirement.Authenticated _ -> false;
            case Requirement.AllOf(List<String> held) -> held.containsAll(all);
            case Requirement.AnyOf(List<String> held) ->
                held.stream().allMatch(one -> all.stream().allMatch(one::equals));
          };
      case Requirement.AnyOf(List<String> any) ->
          switch (met) {
            case Requirement.Public _, Requirement.Authenticated _ -> false;
            case Requirement.AllOf(List<String> held) -> held.stream().anyMatch(any::contains);
            case Requirement.AnyOf(List<String> held) -> any.containsAll(held);
          };
    };
  }
}

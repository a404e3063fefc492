package dev.discreet.config;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What holds between the keys of a mapping. */
sealed interface Rule {
  /** Exactly one of these keys stands there. */
  record ExactlyOne(List<String> names) implements Rule {}

  /** At least one of the two stands there. */
  record AtLeastOne(String one, String other) implements Rule {}

  /** Both stand there, or neither. */
  record Together(String one, String other) implements Rule {}

  /** Those stand there only beside this one. */
  record OnlyBeside(String one, List<String> those) implements Rule {}

  /**
   * {@return what is wrong, or null}
   *
   * @param stands whether a key stands there
   */
  default @Nullable String broken(Predicate<String> stands) {
    return switch (this) {
      case ExactlyOne(List<String> names) ->
          names.stream().filter(stands).count() == 1
              ? null
              : "needs exactly one of the keys "
                  + String.join(", ", names.subList(0, names.size() - 1))
                  + " and "
                  + names.getLast();
      case AtLeastOne(String one, String other) ->
          stands.test(one) || stands.test(other)
              ? null
              : "needs the key " + one + ", " + other + ", or both";
      case Together(String one, String other) ->
          stands.test(one) == stands.test(other)
              ? null
              : "needs both " + one + " and " + other + ", or neither";
      case OnlyBeside(String one, List<String> those) ->
          stands.test(one) || those.stream().noneMatch(stands)
              ? null
              : "needs the key "
                  + one
                  + ", without which "
                  + String.join(", ", those)
                  + " mean nothing";
    };
  }
}

package dev.discreet.config;

import dev.discreet.policy.Condition;
import java.util.List;

/** What compiling a condition gave. */
sealed interface CompiledCondition {
  /**
   * Something at a character of the text.
   *
   * @param offset its index, in code points
   */
  record Fault(int offset, String message) {}

  /**
   * A capture that is read: {@code path.NAME}.
   *
   * @param offset the index of {@code path}, in code points
   */
  record Capture(String name, int offset) {}

  /** It can be evaluated. */
  record Sound(Condition condition, List<Capture> captures) implements CompiledCondition {}

  /** It can't. */
  record Broken(List<Fault> faults) implements CompiledCondition {}
}

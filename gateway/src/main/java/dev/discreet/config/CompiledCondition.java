package dev.discreet.config;

import dev.discreet.policy.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What compiling a condition gave. */
sealed interface CompiledCondition {
  /**
   * Something at a character of the text.
   *
   * @param offset its index, in code points
   * @param suggestion what may be meant, or null
   */
  record Fault(int offset, String message, @Nullable String suggestion) {
    Fault(int offset, String message) {
      this(offset, message, null);
    }
  }

  /**
   * A capture that is read: {@code path.NAME}.
   *
   * @param offset the index of {@code path}, in code points
   */
  record Capture(String name, int offset) {}

  /**
   * A text that a variable is compared with.
   *
   * @param variable such as {@code request.method}
   * @param offset the index of the text, in code points
   */
  record Compared(String variable, String text, int offset) {}

  /**
   * It can be evaluated.
   *
   * @param doubts what of it is settled whatever is asked
   */
  record Sound(
      Condition condition, List<Capture> captures, List<Fault> doubts, List<Compared> compared)
      implements CompiledCondition {}

  /** It can't. */
  record Broken(List<Fault> faults) implements CompiledCondition {}
}

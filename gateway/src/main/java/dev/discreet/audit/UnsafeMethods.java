package dev.discreet.audit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether methods that could change something may be sent: one for a whole audit, all its pairs and
 * protocols, until anything shows that they should not be.
 */
final class UnsafeMethods {
  private final Set<String> notices = new LinkedHashSet<>();
  private boolean allowed;

  UnsafeMethods(boolean allowed) {
    this.allowed = allowed;
    if (!allowed) {
      notices.add(
          "methods that could change something were not sent (--unsafe-methods sends them)");
    }
  }

  boolean allowed() {
    return allowed;
  }

  /** Ends them for good; only the first reason is told. */
  void forbid(String why) {
    if (allowed) {
      allowed = false;
      notices.add(why);
    }
  }

  /** {@return what the reader of a report should know} */
  List<String> notices() {
    return List.copyOf(notices);
  }
}

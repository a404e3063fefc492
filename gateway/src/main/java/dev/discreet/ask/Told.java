package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the rows of a route have told already. */
final class Told {
  private final Set<List<String>> exactly = new HashSet<>();
  private final List<List<String>> all = new ArrayList<>();

  void add(List<String> answers) {
    if (exactly.add(answers)) {
      all.add(answers);
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** {@return whether the answers say more than each row that was told} */
  boolean hasNot(List<String> answers) {
    if (exactly.contains(answers)) {
      return false;
    }
    // Only what leaves somebody out can be less than another.
    return !answers.contains(Cell.NOBODY)
        || all.stream().noneMatch(other -> saysNoMore(answers, other));
  }

  private static boolean saysNoMore(List<String> answers, List<String> other) {
    for (int i = 0; i < answers.size(); i++) {
      if (!answers.get(i).equals(Cell.NOBODY) && !answers.get(i).equals(other.get(i))) {
        return false;
      }
    }
    return true;
  }
}

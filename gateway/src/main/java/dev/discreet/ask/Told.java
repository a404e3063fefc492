package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the rows of a route have told already. */
final class Told {
  private final Columns columns;
  private final Set<Map<Integer, List<String>>> exactly = new HashSet<>();
  private final List<Map<Integer, List<String>>> all = new ArrayList<>();

  Told(Columns columns) {
    this.columns = columns;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Remembers the rows of a sample. */
  void add(List<TableRows.Row> rows) {
    Map<Integer, List<String>> answers = answers(rows);
    if (exactly.add(answers)) {
      all.add(answers);
    }
  }

  /** {@return whether the rows of a sample say more than those of each that was told} */
  boolean tellsMore(List<TableRows.Row> rows) {
    Map<Integer, List<String>> answers = answers(rows);
    if (exactly.contains(answers)) {
      return false;
    }
    // Only what leaves somebody out can say less than another.
    boolean leavesOut = answers.values().stream().anyMatch(some -> some.contains(Cell.NOBODY));
    return !leavesOut || all.stream().noneMatch(other -> saysNoMore(answers, other));
  }

  /** {@return what columns are answered, where it is not what their stand-in is answered} */
  private Map<Integer, List<String>> answers(List<TableRows.Row> rows) {
    Map<Integer, List<String>> answers = new HashMap<>();
    for (TableRows.Row row : rows) {
      for (Map<Integer, Cell> cells : row.cells()) {
        cells.forEach(
            (column, cell) ->
                answers.computeIfAbsent(column, _ -> new ArrayList<>()).add(cell.text()));
      }
    }
    answers
        .keySet()
        .removeIf(
            column ->
                !columns.always().contains(column)
                    && Objects.equals(answers.get(column), answers.get(columns.standIn(column))));
    return answers;
  }

  private boolean saysNoMore(Map<Integer, List<String>> answers, Map<Integer, List<String>> other) {
    Set<Integer> apart = new HashSet<>(answers.keySet());
    apart.addAll(other.keySet());
    return apart.stream().allMatch(column -> saysNoMore(of(answers, column), of(other, column)));
  }

  private List<String> of(Map<Integer, List<String>> answers, int column) {
    List<String> own = answers.get(column);
    return own != null ? own : answers.getOrDefault(columns.standIn(column), List.of());
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

package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a change of policy changes, cell by cell. Both policies are asked about the samples of both,
 * so what one of them does not know of is compared too.
 *
 * @param changes in the order of the table
 * @param cells how many were compared
 * @param notices what changes beside cells
 */
public record TableDiff(List<Change> changes, long cells, List<Notice> notices) {
  public TableDiff {
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
  }

  /**
   * A cell that is another.
   *
   * @param caller whose it is
   * @param alike others by name who share its column
   * @param more how many callers have the same two answers, those of {@code alike} among them
   */
  public record Change(
      String method,
      String path,
      String caller,
      List<String> alike,
      int more,
      Cell before,
      Cell after) {
    String title() {
      return TableCaller.title(caller, more);
    }
  }

  /**
   * {@return the difference for the callers that either policy speaks of}
   *
   * @param moment whence and when they ask
   * @param values what variables of templates stand for, by name
   */
  public static TableDiff of(
      Policy before, Policy after, Moment moment, Map<String, String> values) {
    SampleCallers callers =
        new SampleCallers(List.of(after.config(), before.config()), values.values());
    return of(callers.view(before, moment), callers.view(after, moment), values);
  }

  /**
   * {@return the difference}
   *
   * @param before with the same callers as {@code after}, as that policy sees them
   * @param values what variables of templates stand for, by name
   */
  public static TableDiff of(PolicyView before, PolicyView after, Map<String, String> values) {
    List<Change> changes = new ArrayList<>();
    LongAdder rows = new LongAdder();
    TableRows.of(
        List.of(after, before),
        values,
        row -> {
          rows.increment();
          add(after.columns(), row, changes);
        });
    return new TableDiff(
        changes,
        rows.sum() * after.size(),
        Notices.between(before.policy().config(), after.policy().config()));
  }

  private static void add(Columns columns, TableRows.Row row, List<Change> changes) {
    Map<Integer, Cell> now = row.cells().getFirst();
    Map<Integer, Cell> old = row.cells().getLast();
    Map<Integer, Integer> answeredFor = columns.answeredFor(now.keySet());
    now.forEach(
        (column, is) -> {
          Cell was = Objects.requireNonNull(old.get(column));
          if (!was.text().equals(is.text())) {
            TableCaller caller = columns.callers().get(column);
            changes.add(
                new Change(
                    row.key().method(),
                    row.key().sample().label(),
                    caller.label(),
                    caller.alike(),
                    caller.alike().size() + answeredFor.getOrDefault(column, 0),
                    was,
                    is));
          }
        });
  }

  /** {@return whether nothing changes} */
  public boolean isEmpty() {
    return changes.isEmpty() && notices.isEmpty();
  }

  /** {@return one line a change, and a summary} */
  public String text() {
    Lines lines = new Lines();
    notices.forEach(notice -> lines.add(notice.toString()));
    for (Change change : changes) {
      lines.add(
          "%s %s, %s: %s -> %s"
              .formatted(
                  change.method(),
                  change.path(),
                  change.title(),
                  change.before().text(),
                  change.after().text()));
    }
    lines.add(summary());
    return lines.toString();
  }

  /** {@return a table for a comment on a pull request, and a summary} */
  public String markdown() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("method", "path", "caller", "before", "after"));
    for (Change change : changes) {
      rows.add(
          List.of(
              change.method(),
              change.path(),
              change.title(),
              change.before().text(),
              change.after().text()));
    }
    String end = System.lineSeparator();
    StringBuilder text = new StringBuilder();
    notices.forEach(
        notice -> text.append("- ").append(TableText.escaped(notice.toString())).append(end));
    text.append(notices.isEmpty() ? "" : end);
    text.append(changes.isEmpty() ? "" : TableText.markdown(rows) + end);
    return text.append(TableText.escaped(summary())).append(end).toString();
  }

  String summary() {
    long changed = changes.stream().mapToLong(change -> 1 + change.more()).sum();
    String summary = "%d of %d cells change".formatted(changed, cells);
    if (!notices.isEmpty()) {
      summary += "; changes beside cells: " + notices.size();
    }
    return Stream.concat(Stream.of(summary), marks().stream()).collect(Collectors.joining("; "));
  }

  /** {@return what the marks of its cells mean} */
  List<String> marks() {
    return Table.marks(
        changes.stream().flatMap(change -> Stream.of(change.before(), change.after())).toList(),
        changes.stream().anyMatch(change -> change.more() > 0));
  }
}

package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.ask.Table.Line;
import dev.discreet.config.GatewayConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
public record TableDiff(List<Change> changes, int cells, List<Notice> notices) {
  public TableDiff {
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
  }

  /** A cell that is another. */
  public record Change(String method, String path, String caller, Cell before, Cell after) {}

  /**
   * {@return the difference for the callers that either policy speaks of}
   *
   * @param moment whence and when they ask
   * @param values what variables of templates stand for, by name
   */
  public static TableDiff of(
      Policy before, Policy after, Moment moment, Map<String, String> values) {
    List<GatewayConfig> both = List.of(after.config(), before.config());
    return of(
        new PolicyView(before, SampleCallers.of(before.config(), both), moment),
        new PolicyView(after, SampleCallers.of(after.config(), both), moment),
        values);
  }

  /**
   * {@return the difference}
   *
   * @param before with the same callers as {@code after}, as that policy sees them
   * @param values what variables of templates stand for, by name
   */
  public static TableDiff of(PolicyView before, PolicyView after, Map<String, String> values) {
    List<TableRows.Key> keys = TableRows.of(List.of(after, before), values);
    Table old = Table.of(before, 0, keys);
    Table now = Table.of(after, 0, keys);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Line was = old.lines().get(i);
      Line is = now.lines().get(i);
      for (int j = 0; j < is.cells().size(); j++) {
        if (!was.cells().get(j).text().equals(is.cells().get(j).text())) {
          changes.add(
              new Change(
                  is.method(),
                  is.path(),
                  after.callers().get(j).label(),
                  was.cells().get(j),
                  is.cells().get(j)));
        }
      }
    }
    return new TableDiff(
        changes,
        keys.size() * after.callers().size(),
        Notices.between(before.policy().config(), after.policy().config()));
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
                  change.caller(),
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
              change.caller(),
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
    String summary = "%d of %d cells change".formatted(changes.size(), cells);
    if (!notices.isEmpty()) {
      summary += "; changes beside cells: " + notices.size();
    }
    return Stream.concat(Stream.of(summary), marks().stream()).collect(Collectors.joining("; "));
  }

  /** {@return what the marks of its cells mean} */
  List<String> marks() {
    return Table.marks(
        changes.stream().flatMap(change -> Stream.of(change.before(), change.after())).toList());
  }
}

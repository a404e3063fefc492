package dev.discreet.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes and methods against callers.
 *
 * @param callers the columns
 * @param lines the rows
 */
public record Table(List<TableCaller> callers, List<Line> lines) {
  public Table {
    callers = List.copyOf(callers);
    lines = List.copyOf(lines);
  }

  /**
   * One row.
   *
   * @param method the method
   * @param path the sample
   * @param cells one for each caller
   */
  public record Line(String method, String path, List<Cell> cells) {}

  /**
   * What one caller is answered; both are null where it lacks a claim that the sample needs.
   *
   * @param exists if the resource exists
   * @param absent if it does not
   */
  public record Cell(@Nullable Reply exists, @Nullable Reply absent) {
    /** The text where the caller lacks a claim that the sample needs. */
    static final String NOBODY = "-";

    /** {@return as people read it} */
    public String text() {
      String yes = text(exists);
      String no = text(absent);
      return yes.equals(no) ? yes : yes + " / " + no;
    }

    private static String text(@Nullable Reply reply) {
      if (reply == null) {
        return NOBODY;
      }
      return reply.row().equals("6") ? reply.answer() + " empty" : reply.answer();
    }
  }

  /**
   * {@return the table of a policy}
   *
   * @param values what variables of templates stand for, by name
   */
  public static Table of(PolicyView view, Map<String, String> values) {
    return of(view, TableRows.of(List.of(view), values));
  }

  /** {@return the table of a policy with these rows, whether it has such routes or not} */
  static Table of(PolicyView view, List<TableRows.Key> keys) {
    List<Line> lines = new ArrayList<>();
    for (TableRows.Key key : keys) {
      lines.add(new Line(key.method(), key.sample().label(), view.cells(key)));
    }
    return new Table(view.callers(), lines);
  }
}

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
 * @param leftOut how many callers that the policy speaks of have no column
 */
public record Table(List<TableCaller> callers, List<Line> lines, int leftOut) {
  static final String IF_HELD = "*: what it would be if the conditions of all grants held";

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
   * What one caller is answered; all are null where it lacks a claim that the sample needs.
   *
   * @param exists if the resource exists
   * @param absent if it does not
   * @param held what it would be if the conditions of all grants held, or null if the same
   */
  public record Cell(@Nullable Reply exists, @Nullable Reply absent, @Nullable Cell held) {
    /** The text where the caller lacks a claim that the sample needs. */
    static final String NOBODY = "-";

    /** {@return as people read it} */
    public String text() {
      return held == null ? plain() : plain() + " *" + held.plain();
    }

    private String plain() {
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
   * @param leftOut how many callers that the policy speaks of the view does not have
   * @param values what variables of templates stand for, by name
   */
  public static Table of(PolicyView view, int leftOut, Map<String, String> values) {
    return of(view, leftOut, TableRows.of(List.of(view), values));
  }

  /** {@return that callers are left out, in words} */
  String cut() {
    return "callers that the policy speaks of and that are left out: %d; --claims names others"
        .formatted(leftOut);
  }

  /** {@return whether some cell would be another if the conditions of grants held} */
  boolean conditional() {
    return lines.stream().flatMap(line -> line.cells().stream()).anyMatch(c -> c.held() != null);
  }

  /** {@return the table of a policy with these rows, whether it has such routes or not} */
  static Table of(PolicyView view, int leftOut, List<TableRows.Key> keys) {
    List<Line> lines = new ArrayList<>();
    for (TableRows.Key key : keys) {
      lines.add(new Line(key.method(), key.sample().label(), view.cells(key)));
    }
    return new Table(view.callers(), lines, leftOut);
  }
}

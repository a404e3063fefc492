package dev.discreet.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Routes and methods against callers.
 *
 * @param callers the columns
 * @param lines the rows
 * @param leftOut how many callers that the policy speaks of have no column
 */
public record Table(List<TableCaller> callers, List<Line> lines, long leftOut) {
  private static final String IF_STEPPED_UP =
      "^: what it would be once the caller has authenticated as the route asks";
  private static final String IF_HELD = "*: what it would be if the conditions of all grants held";
  private static final String IF_LAPSED = "?: what it would be if the condition of no grant held";

  private static final String OBSERVED =
      "~: the route only observes: what is refused here is forwarded, and counted";

  private static final String MORE = "+ N more: others who are answered the same";

  public Table {
    callers = List.copyOf(callers);
    lines = List.copyOf(lines);
  }

  /**
   * One row.
   *
   * @param method the method
   * @param path the sample
   * @param observed whether the route only observes
   * @param cells one for each caller
   */
  public record Line(String method, String path, boolean observed, List<Cell> cells) {
    /** {@return the path, marked where the route only observes} */
    String marked() {
      return observed ? path + " ~" : path;
    }
  }

  /**
   * What one caller is answered; all are null where it lacks a claim that the sample needs.
   *
   * @param exists if the resource exists
   * @param absent if it does not
   * @param steppedUp what it would be if the caller had authenticated as the route asks, or null if
   *     the same
   * @param held what it would be if the conditions of all grants held, or null if the same
   * @param lapsed what it would be if the condition of no grant held, or null if the same
   */
  public record Cell(
      @Nullable Reply exists,
      @Nullable Reply absent,
      @Nullable Cell steppedUp,
      @Nullable Cell held,
      @Nullable Cell lapsed) {
    /** The text where the caller lacks a claim that the sample needs. */
    static final String NOBODY = "-";

    /** Where the caller lacks a claim that the sample needs. */
    static final Cell UNASKED = new Cell(null, null, null, null, null);

    static Cell of(Reply exists, Reply absent) {
      return new Cell(exists, absent, null, null, null);
    }

    /** {@return this cell, with what it would be after a step-up where that is another} */
    Cell before(Cell stepUp) {
      return new Cell(exists, absent, other(stepUp), held, lapsed);
    }

    /** {@return this cell, with what it would be by other conditions where that is another} */
    Cell beside(Cell ifHeld, Cell ifLapsed) {
      return new Cell(exists, absent, steppedUp, other(ifHeld), other(ifLapsed));
    }

    private @Nullable Cell other(Cell cell) {
      return cell.text().equals(text()) ? null : cell;
    }

    /** {@return as people read it} */
    public String text() {
      return plain()
          + (steppedUp == null ? "" : " ^" + steppedUp.plain())
          + (held == null ? "" : " *" + held.text())
          + (lapsed == null ? "" : " ?" + lapsed.text());
    }

    private boolean stepsUp() {
      return steppedUp != null
          || (held != null && held.steppedUp() != null)
          || (lapsed != null && lapsed.steppedUp() != null);
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
      return "6".equals(reply.row()) ? reply.answer() + " empty" : reply.answer();
    }
  }

  /**
   * {@return the table of a policy}
   *
   * @param leftOut how many callers that the policy speaks of the view does not have
   * @param values what variables of templates stand for, by name
   */
  public static Table of(PolicyView view, long leftOut, Map<String, String> values) {
    List<Line> lines = new ArrayList<>();
    TableRows.of(List.of(view), values, row -> lines.add(line(view.columns(), row)));
    return new Table(view.columns().callers(), lines, leftOut);
  }

  private static Line line(Columns columns, TableRows.Row row) {
    Map<Integer, Cell> asked = row.cells().getFirst();
    List<Cell> cells = new ArrayList<>();
    for (int column = 0; column < columns.callers().size(); column++) {
      Cell own = asked.get(column);
      cells.add(own != null ? own : Objects.requireNonNull(asked.get(columns.standIn(column))));
    }
    return new Line(row.key().method(), row.key().sample().label(), row.observed(), cells);
  }

  /** {@return that callers are left out, in words} */
  String cut() {
    return "callers that the policy speaks of and that are left out: %d; --claims names others"
        .formatted(leftOut);
  }

  /** {@return what the marks of its cells and paths mean} */
  List<String> marks() {
    List<String> marks =
        marks(
            lines.stream().flatMap(line -> line.cells().stream()).toList(),
            callers.stream().anyMatch(caller -> !caller.alike().isEmpty()));
    if (lines.stream().anyMatch(Line::observed)) {
      marks.add(OBSERVED);
    }
    return marks;
  }

  /**
   * {@return what the marks of cells mean}
   *
   * @param shared whether some of them stand for several callers
   */
  static List<String> marks(List<Cell> cells, boolean shared) {
    List<String> marks = new ArrayList<>();
    if (cells.stream().anyMatch(Cell::stepsUp)) {
      marks.add(IF_STEPPED_UP);
    }
    if (cells.stream().anyMatch(cell -> cell.held() != null)) {
      marks.add(IF_HELD);
    }
    if (cells.stream().anyMatch(cell -> cell.lapsed() != null)) {
      marks.add(IF_LAPSED);
    }
    if (shared) {
      marks.add(MORE);
    }
    return marks;
  }
}

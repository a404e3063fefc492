package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.ask.Table.Line;
import java.util.ArrayList;
import java.util.List;

/** A table as aligned text, or as Markdown. */
public final class TableText {
  private static final String LEGEND =
      "a / b: a if the resource exists, b if it does not; -: the caller lacks the claim";

  private TableText() {}

  /** {@return aligned columns, each line ended} */
  public static String aligned(Table table) {
    List<List<String>> rows = rows(table);
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    Lines lines = new Lines();
    for (List<String> row : rows) {
      lines.add(aligned(row, widths));
    }
    lines.add("");
    legend(table).forEach(lines::add);
    return lines.toString();
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()) + 2));
    }
    return line.toString().stripTrailing();
  }

  /** {@return a Markdown table, each line ended} */
  public static String markdown(Table table) {
    String end = System.lineSeparator();
    StringBuilder text = new StringBuilder(markdown(rows(table)));
    legend(table).forEach(line -> text.append(end).append(escaped(line)).append(end));
    return text.toString();
  }

  private static List<String> legend(Table table) {
    List<String> legend = new ArrayList<>(List.of(LEGEND));
    legend.addAll(table.marks());
    if (table.leftOut() > 0) {
      legend.add(table.cut());
    }
    return legend;
  }

  static String markdown(List<List<String>> rows) {
    Lines lines = new Lines();
    lines.add(markdownRow(rows.getFirst()));
    lines.add("|" + " --- |".repeat(rows.getFirst().size()));
    rows.subList(1, rows.size()).forEach(row -> lines.add(markdownRow(row)));
    return lines.toString();
  }

  private static String markdownRow(List<String> cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(escaped(cell)).append(" |");
    }
    return row.toString();
  }

  /** {@return text that Markdown shows as it is, on one line} */
  static String escaped(String text) {
    return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_{}\\[\\]<>|#])", "\\\\$1");
  }

  /** {@return the cells, the first row being the head} */
  private static List<List<String>> rows(Table table) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("method", "path"));
    table.callers().forEach(caller -> head.add(caller.title()));
    rows.add(head);
    for (Line line : table.lines()) {
      List<String> row = new ArrayList<>(List.of(line.method(), line.marked()));
      line.cells().stream().map(Cell::text).forEach(row::add);
      rows.add(row);
    }
    return rows;
  }
}

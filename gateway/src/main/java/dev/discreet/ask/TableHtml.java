package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.ask.Table.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table, or a difference of two, as one page that needs nothing beside itself. */
public final class TableHtml {
  private final StringBuilder page = new StringBuilder();

  private TableHtml() {}

  /**
   * {@return the page of a table}
   *
   * @param title what it is a table of
   */
  public static String of(Table table, String title) {
    TableHtml html = new TableHtml();
    html.begin(title);
    html.add("<table><thead><tr><th>method</th><th>path</th>");
    table.callers().forEach(caller -> html.element("th", "", caller.title()));
    html.add("</tr></thead>");
    String path = "";
    for (Line line : table.lines()) {
      boolean next = !line.path().equals(path);
      if (next) {
        html.add(path.isEmpty() ? "<tbody>" : "</tbody><tbody>");
      }
      path = line.path();
      html.add("<tr>");
      html.element("th", "", line.method());
      html.element("td", next ? "path" : "path again", line.marked());
      line.cells().forEach(html::cell);
      html.add("</tr>");
    }
    html.add("</tbody></table>");
    if (table.leftOut() > 0) {
      html.element("p", "", table.cut());
    }
    html.legend(table.marks());
    return html.end();
  }

  /**
   * {@return the page of a difference}
   *
   * @param title what was compared
   */
  public static String of(TableDiff diff, String title) {
    TableHtml html = new TableHtml();
    html.begin(title);
    html.element("p", "", diff.summary());
    if (!diff.notices().isEmpty()) {
      html.add("<ul>");
      diff.notices().forEach(notice -> html.element("li", "", notice.toString()));
      html.add("</ul>");
    }
    html.add("<table><thead><tr><th>method</th><th>path</th><th>caller</th>");
    html.add("<th>before</th><th>after</th></tr></thead><tbody>");
    for (TableDiff.Change change : diff.changes()) {
      html.add("<tr>");
      html.element("th", "", change.method());
      html.element("td", "path", change.path());
      html.element("td", "", change.title());
      html.cell(change.before());
      html.cell(change.after());
      html.add("</tr>");
    }
    html.add("</tbody></table>");
    html.legend(diff.marks());
    return html.end();
  }

  private void begin(String title) {
    add("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width\">");
    element("title", "", title);
    add("<style>" + style() + "</style></head><body>");
    element("h1", "", title);
  }

  private void cell(Cell cell) {
    if (cell.exists() == null || cell.absent() == null) {
      element("td", "none", Cell.NOBODY);
      return;
    }
    add("<td>");
    answers(cell.exists(), cell.absent());
    beside(" ^", cell.steppedUp());
    beside(" *", cell.held());
    beside(" ?", cell.lapsed());
    add("</td>");
  }

  private void beside(String mark, @Nullable Cell other) {
    if (other != null && other.exists() != null && other.absent() != null) {
      add(mark);
      answers(other.exists(), other.absent());
      beside(" ^", other.steppedUp());
    }
  }

  private void answers(Reply exists, Reply absent) {
    answer(exists);
    if (!exists.answer().equals(absent.answer())) {
      add(" / ");
      answer(absent);
    }
  }

  private void answer(Reply reply) {
    String text = Cell.of(reply, reply).text();
    add(
        "<b class=\"%s\" title=\"%s\">%s</b>"
            .formatted(kind(reply), escaped(reply.meaning()), escaped(text)));
  }

  private static String kind(Reply reply) {
    return switch (reply.answer()) {
      case "forward" -> "forward";
      case "401" -> "who";
      case "200" -> reply.row() == null ? "told" : "hidden";
      case "404" -> "hidden";
      default -> "told";
    };
  }

  private void legend(List<String> marks) {
    add("<p class=\"legend\"><b class=\"forward\">forward</b> the request reaches the upstream ");
    add(
        "<b class=\"told\">403</b> refused, and told why <b class=\"hidden\">404</b> told nothing"
            + " ");
    add("<b class=\"who\">401</b> asked who it is</p>");
    add("<p class=\"legend\">Two answers: the first if the resource exists, the second if not. ");
    add("A path with {names} stands for all that no grant tells apart. ");
    add("- : the caller lacks the claim. ");
    marks.forEach(mark -> add(escaped(mark) + ". "));
    add("The row of the decision table shows under the pointer.</p>");
  }

  private void element(String name, String kind, String text) {
    add("<" + name + (kind.isEmpty() ? "" : " class=\"" + kind + "\"") + ">");
    add(escaped(text) + "</" + name + ">");
  }

  private void add(String markup) {
    page.append(markup);
  }

  private String end() {
    return page.append("</body></html>").append(System.lineSeparator()).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String style() {
    try (@Nullable InputStream css = TableHtml.class.getResourceAsStream("table.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a part of the program can't be read", e);
    }
  }
}

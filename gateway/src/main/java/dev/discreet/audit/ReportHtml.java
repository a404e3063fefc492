package dev.discreet.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A report as one page that needs nothing beside itself. */
public final class ReportHtml {
  private final StringBuilder page = new StringBuilder();

  private ReportHtml() {}

  /** {@return the page} */
  public static String of(AuditResult result) {
    ReportHtml report = new ReportHtml();
    report.begin("Audit of " + result.target());
    report.add("<p class=\"verdict\">");
    report.outcome(result.outcome().name());
    report.add(escaped(result.verdict().substring(result.verdict().indexOf(':') + 1)) + "</p>");
    report.element("p", result.settings().inWords());
    Alike.grouped(result.answers()).forEach(report::answers);
    result.times().forEach(report::times);
    if (!result.notices().isEmpty()) {
      report.add("<h2>Notes</h2><ul>");
      result.notices().forEach(notice -> report.element("li", notice));
      report.add("</ul>");
    }
    return report.page.append("</body></html>").append(System.lineSeparator()).toString();
  }

  private void begin(String title) {
    add("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width\">");
    element("title", title);
    add("<style>" + style() + "</style></head><body>");
    element("h1", title);
  }

  private void answers(Alike alike) {
    ByteResult answers = alike.first();
    element("h2", answers.protocol().title());
    add("<p>hidden <code>" + escaped(answers.pair().hidden()) + "</code>, missing <code>");
    add(escaped(answers.pair().missing()) + "</code>, " + answers.plain() + "</p>");
    if (!alike.others().isEmpty()) {
      element("p", alike.othersInWords());
    }
    add("<table><thead><tr><th></th><th>no.</th><th>oracle</th><th>requests</th>");
    add("<th>what differs</th></tr></thead><tbody>");
    for (Oracle oracle : answers.oracles()) {
      add("<tr><td>");
      outcome(answers.outcome(oracle));
      add("</td>");
      element("td", Integer.toString(oracle.number()));
      element("td", oracle.title());
      element("td", Integer.toString(answers.asked().getOrDefault(oracle, 0)));
      add("<td>");
      answers.differences(oracle).forEach(this::difference);
      add("</td></tr>");
    }
    add("</tbody></table>");
    if (!answers.varying().isEmpty()) {
      element(
          "p",
          "Varies by itself, compared by length: " + String.join(", ", answers.varying()) + ".");
    }
    if (!answers.made().isEmpty()) {
      element(
          "p", "Made of the path in part, which was blanked: " + String.join(", ", answers.made()));
    }
    if (answers.echoes()) {
      element("p", "Answers repeat the path; it was blanked before they were compared.");
    }
  }

  private void difference(Difference each) {
    element("div", each.request() + ": " + each.aspect());
    add("<div class=\"values\"><span>hidden</span><code>");
    add(escaped(ReportText.shown(each.hidden())) + "</code><span>missing</span><code>");
    add(escaped(ReportText.shown(each.missing())) + "</code></div>");
  }

  private void times(TimeResult times) {
    element("h2", Numbers.title(times));
    element("p", "Hidden and missing were " + times.statuses() + ".");
    times.differences().forEach(this::difference);
    if (times.judged().isEmpty()) {
      element("p", "UNDECIDED: too few triples. " + times.trouble());
      return;
    }
    add(
        "<p><i class=\"hidden\"></i> hidden <i class=\"missing\"></i> missing; the slowest are beyond the right edge</p>");
    add(Plot.distributions(times.samples()));
    times.judged().forEach(this::judged);
  }

  private void judged(Judged each) {
    String name = each.statistic();
    Interval difference = each.difference();
    add("<p>");
    outcome(each.outcome().name());
    add(
        escaped(
            " %s: %s (%s to %s), bound %s; of missing and missing %s; would have been seen: %s"
                .formatted(
                    Numbers.title(name),
                    Numbers.of(name, difference.value()),
                    Numbers.of(name, difference.low()),
                    Numbers.of(name, difference.high()),
                    Numbers.of(name, each.bound()),
                    Numbers.of(name, each.floor()),
                    Numbers.of(name, difference.resolution()))));
    add("</p>" + Plot.interval(each));
  }

  private void outcome(String outcome) {
    add("<b class=\"" + outcome.toLowerCase(Locale.ROOT) + "\">" + outcome + "</b>");
  }

  private void element(String name, String text) {
    add("<" + name + ">" + escaped(text) + "</" + name + ">");
  }

  private void add(String markup) {
    page.append(markup);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String style() {
    try (@Nullable InputStream css = ReportHtml.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a part of the program can't be read", e);
    }
  }
}

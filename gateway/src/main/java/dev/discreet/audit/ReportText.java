package dev.discreet.audit;

import java.util.stream.Collectors;

/** A report for the terminal. */
public final class ReportText {
  private static final int SHOWN = 160;

  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  /** {@return the report, its last line ended} */
  public static String of(AuditResult result) {
    ReportText report = new ReportText();
    report.line("Audit of " + result.target());
    report.line(result.settings().inWords());
    Alike.grouped(result.answers()).forEach(report::answers);
    result.times().forEach(report::times);
    if (!result.notices().isEmpty()) {
      report.line("");
      report.line("Notes");
      result.notices().forEach(notice -> report.line("  - " + notice));
    }
    report.line("");
    report.line(result.verdict());
    return report.text.toString();
  }

  private void answers(Alike alike) {
    ByteResult answers = alike.first();
    Pair pair = answers.pair();
    line("");
    line(
        "%s: hidden %s, missing %s, %s"
            .formatted(answers.protocol().title(), pair.hidden(), pair.missing(), answers.plain()));
    if (!alike.others().isEmpty()) {
      line("  " + alike.othersInWords());
    }
    for (Oracle oracle : answers.oracles()) {
      line(
          "  %-6s  %3d  %s (%d requests)"
              .formatted(
                  answers.outcome(oracle),
                  oracle.number(),
                  oracle.title(),
                  answers.asked().getOrDefault(oracle, 0)));
      answers.differences(oracle).forEach(this::difference);
    }
    if (!answers.varying().isEmpty()) {
      line("  Varies by itself, compared by length: " + String.join(", ", answers.varying()));
    }
    if (!answers.made().isEmpty()) {
      line("  Made of the path in part, which was blanked: " + String.join(", ", answers.made()));
    }
    if (answers.echoes()) {
      line("  Answers repeat the path; it was blanked before they were compared.");
    }
  }

  private void difference(Difference each) {
    line("             %s: %s".formatted(each.request(), each.aspect()));
    line("               hidden   " + shown(each.hidden()));
    line("               missing  " + shown(each.missing()));
  }

  static String shown(String value) {
    if (value.isEmpty()) {
      return "(empty)";
    }
    String printable =
        value
            .chars()
            .mapToObj(c -> c < ' ' || c > '~' ? "\\x%02x".formatted(c) : Character.toString(c))
            .collect(Collectors.joining());
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + " …";
  }

  private void times(TimeResult times) {
    line("");
    line("%s, %s".formatted(Numbers.title(times), times.statuses()));
    for (Difference each : times.differences()) {
      line("  FAIL      %3d  %s".formatted(each.oracle().number(), each.oracle().title()));
      difference(each);
    }
    for (Judged each : times.judged()) {
      String name = each.statistic();
      Interval difference = each.difference();
      line(
          "  %-9s  %3d  %s: %s (%s to %s), bound %s"
              .formatted(
                  each.outcome(),
                  Oracle.TIME.number(),
                  Numbers.title(name),
                  Numbers.of(name, difference.value()),
                  Numbers.of(name, difference.low()),
                  Numbers.of(name, difference.high()),
                  Numbers.of(name, each.bound())));
      line(
          "                  of missing and missing: %s; would have been seen: %s"
              .formatted(
                  Numbers.of(name, each.floor()), Numbers.of(name, difference.resolution())));
    }
    if (times.judged().isEmpty()) {
      line("  UNDECIDED  too few triples");
    }
    if (!times.trouble().isEmpty()) {
      line("  connections were made anew: " + times.trouble());
    }
  }

  private void line(String words) {
    text.append(words).append(System.lineSeparator());
  }
}

package dev.discreet.ask;

import dev.discreet.ask.TestOutcome.Difference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A test run for people: what failed and why, what was never exercised, a summary. */
public final class TestText {
  private TestText() {}

  /**
   * {@return the text, each line ended}
   *
   * @param coverage whether what was never exercised is listed
   */
  public static String of(TestRun run, boolean coverage) {
    Lines lines = new Lines();
    run.failures().forEach(failure -> failure(lines, failure));
    if (coverage) {
      Arrays.stream(Coverage.Kind.values()).forEach(kind -> never(lines, run.coverage(), kind));
    }
    lines.add("coverage: " + summary(run.coverage()));
    lines.add(summary(run));
    return lines.toString();
  }

  /** {@return the last line} */
  private static String summary(TestRun run) {
    int failed = run.failures().size();
    int all = run.outcomes().size();
    return "%d %s: %d passed, %d failed"
        .formatted(all, all == 1 ? "test" : "tests", all - failed, failed);
  }

  private static String summary(Coverage coverage) {
    return Arrays.stream(Coverage.Kind.values())
        .map(
            kind ->
                "%s %d of %d"
                    .formatted(kind.label(), coverage.exercised(kind), coverage.total(kind)))
        .collect(Collectors.joining(", "));
  }

  private static void failure(Lines lines, TestOutcome failure) {
    lines.add(
        "FAILED %s:%d: %s"
            .formatted(failure.test().file(), failure.test().line(), failure.title()));
    for (Difference difference : failure.differences()) {
      lines.add(
          "  %-8s expected %s, got %s"
              .formatted(difference.what(), difference.expected(), difference.got()));
    }
    ExplainText.essence(failure.explained()).lines().forEach(line -> lines.add("  | " + line));
    lines.add("");
  }

  private static void never(Lines lines, Coverage coverage, Coverage.Kind kind) {
    List<String> never = coverage.unexercised(kind);
    if (!never.isEmpty()) {
      lines.add("never exercised, " + kind.label() + ":");
      never.forEach(one -> lines.add("  " + one));
    }
  }
}

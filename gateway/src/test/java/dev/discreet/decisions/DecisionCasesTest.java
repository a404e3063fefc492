package dev.discreet.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.cli.Run;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The project's own decision cases, put to {@code discreet test} as anybody's are. */
class DecisionCasesTest {
  private static final String CASES = "src/test/resources/decisions/";
  private static final Pattern SUMMARY = Pattern.compile("(\\d+) tests: (\\d+) passed, 0 failed");

  @Test
  void everyRowOfTheCoreIsExercisedAndEveryCaseHolds() {
    assertThat(passed("documents", "--require", "rows=100", "--require", "methods=80"))
        .isGreaterThan(80);
  }

  @Test
  void theRouteThatDecidesIsTheOneThatSaysMost() {
    assertThat(passed("precedence", "--require", "routes=100", "--require", "grants=100"))
        .isGreaterThan(25);
  }

  private static int passed(String name, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "test";
    all[1] = "--config";
    all[2] = CASES + name + "/config";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    Run run = Run.of(all);
    assertThat(run.err()).as(run.out()).isEmpty();
    assertThat(run.exit()).as(run.out()).isZero();
    Matcher summary = SUMMARY.matcher(run.out());
    assertThat(summary.find()).as(run.out()).isTrue();
    return Integer.parseInt(summary.group(2));
  }
}

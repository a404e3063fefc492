package dev.discreet.ask;

import dev.discreet.ask.Policy.Explained;
import dev.discreet.config.PolicyTest;
import dev.discreet.config.PolicyTest.Identity;
import dev.discreet.config.PolicyTests;
import dev.discreet.config.PolicyTests.TestFile;
import dev.discreet.config.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Policy tests that were run.
 *
 * @param outcomes in the order of the files
 * @param coverage what of the policy they exercised
 */
public record TestRun(List<TestOutcome> outcomes, Coverage coverage) {
  public TestRun {
    outcomes = List.copyOf(outcomes);
  }

  /** Callers of a file that can't be made of the configuration that is tested. */
  public static final class UnusableCallers extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    UnusableCallers(List<Problem> problems) {
      super(problems.toString());
      this.problems = problems;
    }

    /** {@return what is wrong with each of them} */
    public List<Problem> problems() {
      return problems;
    }
  }

  /**
   * Runs tests. Tokens are verified, which fetches keys.
   *
   * @throws UnusableCallers before any test is run
   * @throws IOException if the transport that is configured does not load
   */
  public static TestRun of(Policy policy, PolicyTests tests) throws UnusableCallers, IOException {
    List<Map<String, Who>> callers = callers(policy, tests);
    List<TestOutcome> outcomes = new ArrayList<>();
    Coverage coverage = new Coverage(policy.config());
    for (int i = 0; i < tests.files().size(); i++) {
      for (PolicyTest test : tests.files().get(i).tests()) {
        Who who = callers.get(i).getOrDefault(test.caller(), Who.anonymous());
        Explained explained =
            policy.explain(
                new Inquiry(who, test.method(), test.target(), test.host(), moment(test)));
        TestOutcome outcome = TestOutcome.of(test, explained);
        outcomes.add(outcome);
        coverage.count(explained, outcome.reply());
      }
    }
    return new TestRun(outcomes, coverage);
  }

  private static Moment moment(PolicyTest test) {
    Moment now = Moment.now();
    return new Moment(
        Objects.requireNonNullElse(test.source(), now.source()),
        Objects.requireNonNullElse(test.now(), now.time()));
  }

  private static List<Map<String, Who>> callers(Policy policy, PolicyTests tests)
      throws UnusableCallers, IOException {
    List<Map<String, Who>> callers = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (TestFile file : tests.files()) {
      Map<String, Who> ofFile = new HashMap<>();
      for (PolicyTests.Caller caller : file.callers().values()) {
        try {
          ofFile.put(caller.name(), who(policy, caller.identity()));
        } catch (IllegalArgumentException e) {
          problems.add(caller.problem(subject(caller.identity()) + e.getMessage()));
        }
      }
      callers.add(ofFile);
    }
    if (!problems.isEmpty()) {
      throw new UnusableCallers(problems);
    }
    return callers;
  }

  private static String subject(Identity identity) {
    return switch (identity) {
      case Identity.Claimed _ -> "its claims ";
      case Identity.Bearing _ -> "its token ";
    };
  }

  private static Who who(Policy policy, Identity identity) throws IOException {
    return switch (identity) {
      case Identity.Claimed(var claims, var issuer) ->
          Who.claiming(policy.config(), claims, issuer);
      case Identity.Bearing(String token) -> Bearer.of(policy.config(), token).who();
    };
  }

  /** {@return the tests that failed} */
  public List<TestOutcome> failures() {
    return outcomes.stream().filter(outcome -> !outcome.passed()).toList();
  }
}

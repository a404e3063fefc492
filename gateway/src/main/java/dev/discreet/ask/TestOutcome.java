package dev.discreet.ask;

import dev.discreet.ask.Policy.Explained;
import dev.discreet.config.PolicyTest;
import dev.discreet.config.PolicyTest.Expected;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A test that was run.
 *
 * @param test the test
 * @param explained what would be answered, and why
 * @param reply what is answered in the case that the test is about
 * @param differences what is not as expected
 */
public record TestOutcome(
    PolicyTest test, Explained explained, Reply reply, List<Difference> differences) {
  public TestOutcome {
    differences = List.copyOf(differences);
  }

  /** One thing that is not as expected. */
  public record Difference(String what, String expected, String got) {}

  private static final List<Difference> DEPENDS =
      List.of(
          new Difference(
              "exists", "no matter", "an answer that depends on it: say yes, no or unknown"));

  static TestOutcome of(PolicyTest test, Explained explained) {
    Existence exists = test.exists();
    Reply reply = explained.ruling().when(exists == null ? Existence.PRESENT : exists);
    boolean undecided = exists == null && explained.ruling() instanceof Ruling.Depends;
    return new TestOutcome(
        test, explained, reply, undecided ? DEPENDS : differences(test.expected(), reply));
  }

  /** {@return whether everything is as expected} */
  public boolean passed() {
    return differences.isEmpty();
  }

  /** {@return how the test is called to people} */
  public String title() {
    String request = test.caller() + ", " + test.method() + " " + test.target();
    return test.name().isEmpty() ? request : test.name() + ": " + request;
  }

  private static List<Difference> differences(Expected expected, Reply reply) {
    List<Difference> found = new ArrayList<>();
    compare("answer", expected.answer(), reply.answer(), found);
    compare("row", expected.row(), reply.row(), found);
    compare("body", expected.body(), body(reply), found);
    compare("allow", joined(expected.allow()), joined(allow(reply)), found);
    Requirement missing = missing(reply);
    if (expected.missing() != null && !same(expected.missing(), missing)) {
      found.add(
          new Difference(
              "missing",
              Words.of(expected.missing()),
              missing == null ? "nothing" : Words.of(missing)));
    }
    return found;
  }

  private static void compare(
      String what, @Nullable String expected, @Nullable String got, List<Difference> found) {
    if (expected != null && !expected.equals(got)) {
      found.add(new Difference(what, expected, Objects.requireNonNullElse(got, "none")));
    }
  }

  private static @Nullable String body(Reply reply) {
    return reply.answered() == null ? null : reply.answered().body();
  }

  private static @Nullable List<String> allow(Reply reply) {
    return reply.decision() instanceof Decision.MethodNotAllowed refused ? refused.allow() : null;
  }

  private static @Nullable Requirement missing(Reply reply) {
    return reply.decision() instanceof Decision.Forbidden lacking ? lacking.missing() : null;
  }

  private static @Nullable String joined(@Nullable List<String> names) {
    return names == null ? null : String.join(", ", names);
  }

  /** The order in which a route asks says nothing. */
  private static boolean same(Requirement expected, @Nullable Requirement got) {
    return switch (expected) {
      case Requirement.AllOf(List<String> all) ->
          got instanceof Requirement.AllOf(List<String> other)
              && new HashSet<>(all).equals(new HashSet<>(other));
      case Requirement.AnyOf(List<String> any) ->
          got instanceof Requirement.AnyOf(List<String> other)
              && new HashSet<>(any).equals(new HashSet<>(other));
      case Requirement.Public all -> false;
      case Requirement.Authenticated any -> false;
    };
  }
}

package dev.discreet.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Row;
import dev.discreet.policy.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case of {@code decisions/*.yaml}. A case that says whether the resource exists must be one
 * in which the core asks; in every other it must not.
 */
class DecisionCasesTest {
  private static final List<String> FILES = List.of("documents.yaml", "precedence.yaml");

  @TestFactory
  List<DynamicTest> everyCase(@TempDir Path folder) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : FILES) {
      DecisionFile file = DecisionFile.read(name);
      GatewayConfig config = file.config(folder);
      Authorizer core = new Authorizer(config.routes(), config.grants());
      for (Map<String, Object> one : file.cases()) {
        tests.add(DynamicTest.dynamicTest(name + " " + one, () -> check(core, file, one)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(100);
    return tests;
  }

  @Test
  void everyRowOfTheCoreOccurs() {
    assertThat(
            FILES.stream()
                .flatMap(name -> DecisionFile.read(name).cases().stream())
                .map(one -> DecisionFile.text(one, "row"))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Row.values()).map(Row::number).toList());
  }

  private static void check(Authorizer core, DecisionFile file, Map<String, Object> one) {
    String[] asked = DecisionFile.text(one, "do").split(" ", 2);
    AccessRequest request =
        new AccessRequest(
            asked[0],
            (String) one.getOrDefault("host", ""),
            List.of(asked[1].substring(1).split("/", -1)));
    Verdict verdict = core.authorize(request, file.caller(DecisionFile.text(one, "as")));
    Decision decision = settle(verdict, DecisionFile.maybe(one, "exists"));
    assertThat(decision.row().number()).isEqualTo(DecisionFile.text(one, "row"));
    assertThat(answer(decision)).isEqualTo(DecisionFile.get(one, "answer"));
    if (decision instanceof Decision.Forbidden lacking) {
      assertThat(lacking.missing())
          .isEqualTo(new Requirement.AllOf(texts(DecisionFile.get(one, "missing"))));
    }
    if (decision instanceof Decision.MethodNotAllowed method) {
      assertThat(String.join(", ", method.allow())).isEqualTo(DecisionFile.get(one, "allow"));
    }
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(item -> (String) item).toList();
  }

  private static Decision settle(Verdict verdict, @Nullable Object exists) {
    return switch (verdict) {
      case Verdict.Settled settled -> {
        assertThat(exists).as("the core does not ask").isNull();
        yield settled.decision();
      }
      case Verdict.AskExistence question -> {
        assertThat(exists).as("the core asks").isNotNull();
        yield question.resolve(
            Boolean.TRUE.equals(exists)
                ? Existence.PRESENT
                : Boolean.FALSE.equals(exists) ? Existence.ABSENT : Existence.UNKNOWN);
      }
    };
  }

  private static Object answer(Decision decision) {
    return switch (decision) {
      case Decision.Forward forward -> "forward";
      case Decision.Unauthenticated who -> 401;
      case Decision.NotFound nothing -> 404;
      case Decision.EmptyCollection empty -> empty.body();
      case Decision.Forbidden lacking -> 403;
      case Decision.MethodNotAllowed method -> 405;
      case Decision.Unavailable unknown -> 503;
    };
  }
}

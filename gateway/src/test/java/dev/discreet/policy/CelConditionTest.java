package dev.discreet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.LoadResult;
import dev.discreet.identity.KeyFiles;
import dev.discreet.policy.Condition.Circumstances;
import dev.discreet.policy.Condition.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions see, and what becomes of those that can't be evaluated. */
class CelConditionTest {
  private static final String GATEWAY =
      """
      issuers:
        main: {issuer: "https://id.example.com", audiences: [api], jwks: "https://id.example.com/k"}
      upstreams:
        docs: {url: "http://docs:8080"}
      routes:
        - {path: "/a/{account}", upstream: docs, methods: {GET: r}}
      """;

  @TempDir private Path folder;

  private Condition condition(String expression) {
    try {
      Files.writeString(folder.resolve("gateway.yaml"), GATEWAY);
      Files.writeString(
          folder.resolve("p.yaml"),
          "grants:\n  - to: anyone\n    permissions: r\n    resources: /a/**\n    when: |-\n      "
              + expression);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return switch (ConfigLoader.load(folder, Map.of(), KeyFiles::isKeySet)) {
      case LoadResult.Loaded loaded -> {
        Condition condition = loaded.config().grants().all().getFirst().when();
        assertThat(condition).isNotNull();
        yield condition;
      }
      case LoadResult.Broken broken -> throw new AssertionError(broken.problems().toString());
    };
  }

  private static Outcome in(Condition condition, Caller caller) {
    return in(condition, caller, new StepBudget());
  }

  private static Outcome in(Condition condition, Caller caller, StepBudget steps) {
    AccessRequest request =
        new AccessRequest(
            "GET",
            "api.test",
            List.of("a", "legal-1"),
            InetAddress.ofLiteral("10.1.2.3"),
            Instant.parse("2026-11-27T18:00:00Z"));
    return condition.in(
        new Circumstances(
            request, caller, new PlainClaims(caller), Map.of("account", "legal-1"), steps));
  }

  private static Caller alice(Map<String, Object> more) {
    Map<String, Object> claims =
        new HashMap<>(
            Map.of(
                "department",
                "legal",
                "level",
                new BigDecimal("5"),
                "hundred",
                new BigDecimal("1E+2"),
                "rate",
                new BigDecimal("0.5"),
                "huge",
                new BigDecimal("1E+30"),
                "verified",
                true,
                "roles",
                List.of("a", "b", new BigDecimal(7)),
                "org",
                Map.of("id", "o1", "tags", List.of("x"))));
    claims.putAll(more);
    return new Caller.Authenticated(
        "main",
        "alice",
        Set.of("r"),
        Set.of("staff"),
        new Claims(
            claims,
            Map.of(
                "account", ClaimPath.parse("/org/id"),
                "verified", ClaimPath.parse("/org/tags"),
                "department2", ClaimPath.parse("/nowhere"))),
        AuthenticationEvent.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claims.department == 'legal' && path.account.startsWith('legal-')",
        "claims.level == 5 && claims.level + 1 == 6 && claims.hundred == 100",
        "claims.rate == 0.5 && claims.rate * 2.0 == 1.0 && claims.huge > 1.0e29",
        "claims.level > 4.5 && claims.level != '5'",
        "'b' in claims.roles && 7 in claims.roles && claims.roles.size() == 3",
        "claims.org.id == 'o1' && claims['org']['tags'] == ['x']",
        "claims.account == 'o1'",
        "claims.verified == ['x']",
        "!has(claims.department2) && !has(claims.nowhere) && has(claims.department)",
        "caller.subject == 'alice' && caller.issuer == 'main' && 'staff' in caller.groups",
        "caller.groups.exists(g, g.matches('^st.*f$'))",
        "request.method == 'GET' && request.host == 'api.test'",
        "inRange(request.source, '10.0.0.0/8') && !inRange(request.source, '10.2.0.0/16')",
        "!inRange(request.source, '2001:db8::/32')",
        "now < timestamp('2027-01-01T00:00:00Z') && now.getHours('Europe/Berlin') == 19",
        "now - timestamp('2026-11-27T17:59:00Z') == duration('60s')",
        "claims.missing == 1 || claims.level == 5",
        "size(path) == 1",
        "claims.text == '${HOME}'"
      })
  void holds(String expression) {
    assertThat(in(condition(expression), alice(Map.of("text", "${HOME}"))))
        .isEqualTo(Outcome.HOLDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claims.department == 'sales'",
        "claims.level == '5'",
        "claims.missing == 1 && claims.level == 6",
        "has(claims.missing)"
      })
  void doesNotHold(String expression) {
    assertThat(in(condition(expression), alice(Map.of()))).isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claims.missing == 1",
        "claims.org.name == 'x'",
        "has(claims.missing.id)",
        "claims.roles[3] == 'x'",
        "claims['missing'] == 1",
        "claims.nothing == null"
      })
  void whatIsMissingIsFalse(String expression) {
    assertThat(in(condition(expression), alice(Map.of("nothing", new Object()))))
        .isEqualTo(Outcome.MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claims.department",
        "claims.department && true",
        "claims.department > 5",
        "claims.level / 0 == 1",
        "claims.level + 9223372036854775807 > 0",
        "int(claims.department) == 1",
        "inRange(request.source, claims.department)",
        "claims.department.matches(claims.department + '(')"
      })
  void whatCannotBeReadIsFalse(String expression) {
    assertThat(in(condition(expression), alice(Map.of()))).isEqualTo(Outcome.WRONG_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claims.many.all(a, claims.many.all(b, a + b >= 0))",
        "claims.many.all(a, claims.many.all(b, a + b >= 0)) || true",
        "[claims.text]"
            + ".map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x)"
            + ".map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x)"
            + ".size() == 1",
        "claims.many.map(x, claims).size() == 1000"
      })
  void whatCostsTooMuchIsFalse(String expression) {
    Map<String, Object> large =
        Map.of("many", Collections.nCopies(900, new BigDecimal(1)), "text", "x".repeat(4000));
    assertThat(in(condition(expression), alice(large))).isEqualTo(Outcome.TOO_COSTLY);
  }

  @Test
  void evaluationsOfOneDecisionShareItsBudget() {
    Condition costly = condition("claims.many.all(a, claims.many.all(b, a + b >= 0))");
    Condition cheap = condition("claims.level == 5");
    Caller caller = alice(Map.of("many", Collections.nCopies(900, new BigDecimal(1))));
    StepBudget steps = new StepBudget();
    assertThat(in(costly, caller, steps)).isEqualTo(Outcome.TOO_COSTLY);
    assertThat(in(cheap, caller, steps)).isEqualTo(Outcome.HOLDS);
    int evaluations = 1;
    while (!steps.spent() && evaluations < 100) {
      assertThat(in(costly, caller, steps)).isEqualTo(Outcome.TOO_COSTLY);
      evaluations++;
    }
    assertThat(evaluations).isEqualTo(5);
    assertThat(in(cheap, caller, steps)).isEqualTo(Outcome.TOO_COSTLY);
  }

  @Test
  void onlyOneThatNamesTheMethodReadsIt() {
    assertThat(condition("request.method == 'GET' || claims.level == 5").readsMethod()).isTrue();
    assertThat(condition("request.host == '' || claims.method == 'GET'").readsMethod()).isFalse();
  }

  @Test
  void anonymousCallersHaveNoNameAndNoClaims() {
    Caller anonymous = Caller.Anonymous.ANONYMOUS;
    assertThat(in(condition("caller.subject == '' && caller.issuer == ''"), anonymous))
        .isEqualTo(Outcome.HOLDS);
    assertThat(in(condition("size(claims) == 0 && size(caller.groups) == 0"), anonymous))
        .isEqualTo(Outcome.HOLDS);
    assertThat(in(condition("claims.level == 5"), anonymous)).isEqualTo(Outcome.MISSING);
  }
}

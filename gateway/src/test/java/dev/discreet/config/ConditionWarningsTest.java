package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions that are hardly meant. */
class ConditionWarningsTest {
  @TempDir private Path temp;
  private ConfigFolder folder;

  @BeforeEach
  void gateway() {
    folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", "listen: 127.0.0.1:8080\n" + ConfigFolder.GATEWAY);
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void aConditionThatIsHardlyMeant(String condition, int column, String said) {
    folder.routes("- {path: /a, upstream: docs, methods: {GET: r, PURGE: r}}");
    folder.grants(
        "- {to: authenticated, permissions: r, resources: /a, when: '" + condition + "'}");

    if (said.isEmpty()) {
      assertThat(folder.lines()).isEmpty();
    } else {
      assertThat(folder.lines())
          .containsExactly(
              "grants.yaml:2:%d: warning: grants[0].when: %s".formatted(63 + column, said));
    }
  }

  static Stream<Arguments> conditions() {
    String nothing = "nothing in it depends on the request";
    String part = ": has a part here that is always true: " + nothing;
    String issuer = "is no issuer: caller.issuer is a name under issuers";
    String method = "is no method that is usual or that a route names; methods have a case";
    String host = "is never the host: request.host is in lower case, without port and final dot";
    return Stream.of(
        Arguments.of("true", 0, "\"true\": is always true: " + nothing),
        Arguments.of("1 == 2", 0, "\"1 == 2\": is always false: " + nothing),
        Arguments.of(
            "[1][3] == 1", 0, "\"[1][3] == 1\": always fails, so that it is false: " + nothing),
        Arguments.of("claims.a || 1 < 2", 12, "\"claims.a || 1 < 2\"" + part),
        Arguments.of(
            "!(claims.a && [1].all(x, x > 0))", 14, "\"!(claims.a && [1].all(x, x > 0))\"" + part),
        Arguments.of("true ? claims.a : claims.b", 0, "\"true ? claims.a : claims.b\"" + part),
        Arguments.of(
            "caller.issuer == \"mian\"", 17, "\"mian\": " + issuer + "; did you mean \"main\"?"),
        Arguments.of("caller.issuer in [\"main\", \"x\", \"\"]", 26, "\"x\": " + issuer),
        Arguments.of(
            "\"get\" != request.method", 0, "\"get\": " + method + "; did you mean \"GET\"?"),
        Arguments.of(
            "request.method == \"DELTE\"",
            18,
            "\"DELTE\": " + method + "; did you mean \"DELETE\"?"),
        Arguments.of("request.host == \"A.example\"", 16, "\"A.example\": " + host),
        Arguments.of("request.host == \"a:8080\"", 16, "\"a:8080\": " + host),
        Arguments.of("request.method in [\"PURGE\", \"HEAD\"]", 0, ""),
        Arguments.of("caller.issuer != \"\" && request.host == \"[::1]\"", 0, ""),
        Arguments.of("claims.a.exists(x, true) && now.getHours(\"UTC\") > 8", 0, ""));
  }
}

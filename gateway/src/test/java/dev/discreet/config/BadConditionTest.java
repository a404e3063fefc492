package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.Problem.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a condition, and that its place is within the expression. */
class BadConditionTest {
  private static final String ROUTES =
      """
      routes:
        - {path: "/a/{account}", upstream: docs, methods: {GET: r}}
      """;
  private static final String HEAD = "grants:\n  - to: authenticated\n    permissions: r\n";

  @TempDir private Path temp;

  private ConfigFolder folder() {
    return new ConfigFolder(temp)
        .write("gateway.yaml", ConfigFolder.GATEWAY)
        .write("routes.yaml", ROUTES);
  }

  @ParameterizedTest
  @MethodSource({"expressions", "styles"})
  void isReportedAtItsPlace(BadInput input) {
    input.checkIn(folder(), Severity.ERROR);
  }

  static Stream<BadInput> expressions() {
    return Stream.of(
        plain("requst.method == 'GET'", 0, "\"requst.method\": is not known"),
        plain("requst.method == 'GET'", 0, "did you mean \"request.method\"?"),
        plain("true && request.hots == 'a'", 8, "did you mean \"request.host\"?"),
        plain("claim.level == 2", 0, "did you mean \"claims\"?"),
        plain("caller.subject", 6, "must be true or false, but is string"),
        plain("claims.a == 1 || 2 + 'x' == 3", 19, "+ does not work on int and string"),
        plain("caller.groups.exists(g, h == 'x')", 24, "\"h\": is not known"),
        plain("'a'.startWith('b')", 13, "did you mean \"startsWith\"?"),
        plain("inRagne(request.source, '10.0.0.0/8')", 7, "did you mean \"inRange\"?"),
        plain("inRange('10.0.0.1', '10.0.0.0/8')", 7, "inRange does not work on string and string"),
        plain("inRange(request.source, '10.0.0.1/8')", 24, "bits behind its prefix"),
        plain("inRange(request.source, '10.0.0.0/33')", 24, "longer than 32 bits"),
        plain("request.source == '10.0.0.1'", 15, "write inRange(request.source"),
        plain("claims.a &&", 11, "ends too early"),
        plain("'unterminated", 0, "is a text without an end"),
        plain("claims.a = 1", 9, "there is no operator =; write =="),
        plain("path.acount == 'x'", 0, "did you mean \"path.account\"?"),
        plain("has(path.other)", 4, "captured neither by resources nor by the path of any route"),
        plain("path['other'] == 'x'", 0, "captured neither by resources"),
        plain("now < timestamp('2027')", 16, "\"2027\": is no time; write it as"),
        plain("now - now < duration('1 day')", 21, "is no duration; write it in h"),
        plain("claims.a.matches('(a')", 17, "not a regular expression that RE2 reads"),
        plain("claims.a == 1 / 0", 12, "is divided by zero"),
        plain("now.getHours('Europe/Berln') > 8", 13, "did you mean \"Europe/Berlin\"?"),
        plain("claims.a < 1 || now.getMonth('UTC+25') == 1", 29, "\"UTC+25\": is no time zone"),
        plain("math.greatest(1, foo(2)) == 1", 0, "\"math.greatest\": belongs to an extension"),
        plain("caller.groups.exist(g, g == ')' + '\\'')", 19, "did you mean \"exists\"?"),
        plain("(1 + foo) == 2", 5, "\"foo\": is not known; a text stands in quotes"),
        plain("request.path == 'x'", 0, "request has method, host and source"),
        plain("'äöü😀' == bar", 10, "\"bar\": is not known"),
        plain("${NAME} == 'x'", 0, "$ is not expected here"),
        plain("(".repeat(300) + "true" + ")".repeat(300), 0, "is nested too deep"),
        plain("x".repeat(5000), 0, "is longer than 4096 characters"),
        at("''", "4:11", "must be a condition in CEL"),
        at("[a]", "4:11", "must be a condition in CEL"));
  }

  /** Written without quotes: the expression begins at 4:11. */
  private static BadInput plain(String expression, int offset, String message) {
    boolean needsQuotes = expression.startsWith("'");
    String written = needsQuotes ? '"' + expression.replace("\"", "\\\"") + '"' : expression;
    return at(written, "4:" + (11 + offset + (needsQuotes ? 1 : 0)), message);
  }

  private static BadInput at(String written, String place, String message) {
    return new BadInput(
        "p.yaml",
        HEAD + "    when: " + written + "\n    resources: /a/**\n",
        place,
        "grants[0].when",
        message);
  }

  static Stream<BadInput> styles() {
    String unknown = "\"foo\": is not known";
    return Stream.of(
        at("true && foo", "4:19", unknown),
        at("true &&\n      foo", "5:7", unknown),
        at("'\"it''s\" == foo'", "4:23", unknown),
        at("\"'\\x41\\t\\u00e4\\U0001F600\\\"' == foo\"", "4:42", unknown),
        at("'true &&\n\n      foo'", "6:7", unknown),
        at("\"true &&\\\n      \\ foo\"", "5:9", unknown),
        at("\"true &&\n      foo\"", "5:7", unknown),
        at("|\n      true &&\n        foo\n", "6:9", unknown),
        at("|- # why\n      true &&\n      foo", "6:7", unknown),
        at("|2-\n       true && foo", "5:16", unknown),
        at(">-\n      true &&\n      foo", "6:7", unknown),
        at(">+\n\n      true\n\n      && foo\n\n", "8:10", unknown),
        at("&cond true && foo", "4:25", unknown),
        at("&cond 'true && foo'", "4:26", unknown),
        at("|\n      true &&\n", "5:14", "ends too early"));
  }

  @Test
  void windowsLinesCountToo() {
    String file = HEAD + "    resources: /a/**\n    when: |\n      true &&\n      foo\n";
    new BadInput(
            "p.yaml", file.replace("\n", "\r\n"), "7:7", "grants[0].when", "\"foo\": is not known")
        .checkIn(folder(), Severity.ERROR);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    List<Problem> problems =
        folder()
            .write("p.yaml", HEAD + "    resources: /a/**\n    when: foo && bar == path.x\n")
            .problems();
    assertThat(problems).extracting(Problem::column).containsExactly(11, 18);
    assertThat(problems).extracting(Problem::text).containsExactly("foo", "bar");
  }

  @Test
  void nothingIsSaidOfCapturesWhileARouteCannotBeRead() {
    List<Problem> problems =
        folder()
            .write("more.yaml", "routes: [{path: b, upstream: docs, methods: {GET: r}}]")
            .write("p.yaml", HEAD + "    resources: /a/**\n    when: path.x == 'y'\n")
            .problems();
    assertThat(problems).extracting(Problem::keyPath).containsExactly("routes[0].path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path.name == 'x'",
        "path.account == 'x'",
        "has(claims.a) && claims.a.exists(x, x.startsWith('y'))",
        "inRange(request.source, '2001:db8::/32')",
        "inRange(request.source, claims.net)",
        "now < timestamp('2027-01-01T00:00:00Z')",
        "claims.text == '${NAME}'",
        "claims.a.matches('^[a-z]+$') ? caller.issuer == 'main' : request.host != ''"
      })
  void whatIsRightIsRead(String expression) {
    String file =
        HEAD + "    resources: /a/{name}\n    when: \"" + expression.replace("\\", "\\\\") + "\"\n";
    GatewayConfig config = folder().write("p.yaml", file).loaded(Map.of());
    assertThat(config.grants().all().getFirst().when()).isNotNull();
  }
}

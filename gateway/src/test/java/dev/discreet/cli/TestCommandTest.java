package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.discreet.testing.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class TestCommandTest {
  private static final String CALLERS =
      """
      callers:
        alice: {claims: {sub: alice, scope: d:list, account: a1}}
        oscar: {claims: {sub: oscar, scope: d:list, account: z9}}
      tests:
      """;

  @TempDir private Path folder;

  @BeforeEach
  void configuration() throws Exception {
    configure("https://id.example.com", "https://id.example.com/certs");
  }

  private void configure(String issuer, String jwks) throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/gateway.yaml"),
        """
        issuers: {main: {issuer: %s, audiences: [tests], jwks: %s, permissionsFrom: [scope]}}
        upstreams: {api: {url: "http://127.0.0.1:1"}}
        routes:
          - path: /accounts/{account}/documents/{document}
            upstream: api
            methods: {GET: d:read, DELETE: d:delete}
            knownTo: d:list
          - {path: /terms, upstream: api, methods: {GET: public}}
        grants:
          - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
          - {to: {subject: carol}, permissions: d:delete, resources: /accounts/a1/documents/7}
          - {to: {subject: eve}, permissions: "d:*", resources: "/accounts/*/documents/*", when: 'inRange(request.source, "10.0.0.0/8") && now < timestamp("2027-01-01T00:00:00Z")'}
        """
            .formatted(issuer, jwks));
  }

  private Run test(String tests, String... arguments) throws Exception {
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve("tests/documents.yaml"), tests);
    List<String> all = new ArrayList<>(List.of("test", "--config"));
    all.add(folder.resolve("config").toString());
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void testsStandBesideTheConfigurationUnlessTheyAreNamed() throws Exception {
    Run run = test(CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            coverage: routes 1 of 2, methods 1 of 3, grants 0 of 3, rows 1 of 11
            1 test: 1 passed, 0 failed
            """);
  }

  @Test
  void besideAFolderIsBesideItHoweverItIsNamed() throws Exception {
    test(CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n");
    String roundabout = folder.resolve("config/../config/.").toString();
    assertThat(Run.of("test", "--config", roundabout).exit()).isZero();
  }

  @Test
  void noTestsAreNoSuccess() throws Exception {
    Run run = test("tests: []\n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("there is no test in");
    Files.createDirectory(folder.resolve("empty"));
    Run empty = test("tests: []\n", folder.resolve("empty").toString());
    assertThat(empty.exit()).isEqualTo(2);
  }

  @Test
  void tablesOverCallersAndListsOfRequestsAreWrittenOut() throws Exception {
    Run run =
        test(
            CALLERS
                + """
                  - name: deleting
                    do: [DELETE /accounts/a1/documents/1, DELETE /accounts/a1/documents/2]
                    exists: yes
                    expect: {alice: {answer: 403, row: 8, missing: d:delete}, oscar: 404, anonymous: 401}
                  - {as: [alice, oscar], do: GET /terms, expect: forward}
                """);
    assertThat(run.out()).endsWith("8 tests: 8 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void conditionsAskWhenceAndWhen() throws Exception {
    Run run =
        test(
            """
            callers: {eve: {claims: {sub: eve}}}
            tests:
              - {as: eve, do: GET /accounts/a1/documents/1, source: 10.0.0.1, now: 2026-12-31T00:00:00Z, expect: forward}
              - {as: eve, do: GET /accounts/a1/documents/1, source: 10.0.0.1, now: 2027-01-31T00:00:00Z, expect: 404}
              - {as: eve, do: GET /accounts/a1/documents/1, now: 2026-12-31T00:00:00Z, expect: 404}
            """);
    assertThat(run.out()).endsWith("3 tests: 3 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void aFailureSaysWhatWasExpectedAndWhyItIsNotSo() throws Exception {
    Run run =
        test(
            CALLERS
                + """
                  - name: strangers
                    do: DELETE /accounts/b9/documents/1
                    exists: yes
                    expect: {alice: {answer: 403, row: 8, missing: d:write}}
                """);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "tests/documents.yaml:5: strangers: alice, DELETE /accounts/b9/documents/1",
            "  answer   expected 403, got 404",
            "  row      expected 8, got 7",
            "  missing  expected d:write, got nothing",
            "  | 5 may know    no: knownTo: d:list",
            "1 test: 0 passed, 1 failed");
  }

  @Test
  void whatIsMissingAndAllowedIsCompared() throws Exception {
    Run run =
        test(
            CALLERS
                + """
                  - {as: alice, do: PUT /accounts/a1/documents/1, exists: yes, expect: {allow: [GET]}}
                  - {as: alice, do: GET /accounts/a1/documents/1, exists: yes, expect: {missing: {anyOf: [d:read]}}}
                """);
    assertThat(run.out())
        .contains("allow    expected GET, got GET, HEAD, DELETE", "2 tests: 0 passed, 2 failed");
  }

  @Test
  void aTestWithoutExistsHoldsWhateverExists() throws Exception {
    Run run = test(CALLERS + "  - {as: alice, do: DELETE /accounts/a1/documents/1, expect: 403}\n");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("depends on it: say yes, no or unknown");
  }

  @Test
  void whatNoTestExercisedIsListed() throws Exception {
    Run run =
        test(CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n", "--coverage");
    assertThat(run.out())
        .contains(
            "never exercised, routes:",
            "  gateway.yaml:4: /accounts/{account}/documents/{document}",
            "  gateway.yaml:4: DELETE /accounts/{account}/documents/{document}",
            "  gateway.yaml:11: to subject carol, on /accounts/a1/documents/7",
            "  7: not permitted, may not know");
  }

  @Test
  void whatIsListedIsToldApartByItsHost() throws Exception {
    Files.writeString(
        folder.resolve("config/tenants.yaml"),
        """
        routes:
          - {host: "*.example.com", path: /terms, upstream: api, methods: {GET: public}}
        """);
    Run run =
        test(CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n", "--coverage");
    assertThat(run.out())
        .contains(
            "  tenants.yaml:2: //*.example.com/terms",
            "  tenants.yaml:2: GET //*.example.com/terms");
  }

  @Test
  void aCoverageThatIsRequiredAndNotReachedFails() throws Exception {
    String tests = CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n";
    assertThat(test(tests, "--require", "routes=50").exit()).isZero();
    Run run = test(tests, "--require", "routes=50", "--require", "methods=34");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("33 % of the methods are exercised, 34 % are required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"routes=101", "routes=-1", "routes=x", "roots=1", "routes"})
  void noOtherPartOfAllCanBeRequired(String required) throws Exception {
    Run run =
        test(
            CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n",
            "--require",
            required);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--require");
  }

  @Test
  void theReportOfBuildServersIsXml() throws Exception {
    Path report = folder.resolve("report.xml");
    test(
        CALLERS
            + """
              - {name: "a<b", as: anonymous, do: GET /terms, expect: forward}
              - {as: anonymous, do: GET /terms, expect: 404}
              - {as: anonymous, do: GET /terms, expect: forward}
            """,
        "--junit",
        report.toString());
    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("testcase").item(0).getAttributes().getNamedItem("name"))
        .hasToString("name=\"a<b: anonymous, GET /terms\"");
    assertThat(xml.getElementsByTagName("testcase").item(2).getAttributes().getNamedItem("name"))
        .hasToString("name=\"anonymous, GET /terms (2)\"");
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void jsonHasOutcomesAndCoverage() throws Exception {
    Run run =
        test(CALLERS + "  - {as: anonymous, do: GET /terms, expect: 404}\n", "--format", "json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("\"expected\" : \"404\"", "\"never\" : [ \"gateway.yaml:4");
  }

  @Test
  void aTokenIsVerifiedAsTheGatewayDoes() throws Exception {
    try (TestIssuer issuer = new TestIssuer()) {
      Files.createDirectories(folder.resolve("config"));
      Files.writeString(
          folder.resolve("config/keys.json"), new JWKSet(issuer.key().toPublicJWK()).toString());
      configure(issuer.issuer(), "{file: keys.json}");
      String token = issuer.token("alice", Map.of("scope", "d:read", "account", "a1"));
      Run run =
          test(
              """
              callers:
                alice: {token: %s}
                forger: {token: %sx}
              tests:
                - do: GET /accounts/a1/documents/1
                  expect: {alice: forward, forger: {answer: 401, row: 1}}
              """
                  .formatted(token, token));
      assertThat(run.out()).endsWith("2 tests: 2 passed, 0 failed" + System.lineSeparator());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "as: alicia, do: GET /, expect: 404|5:10: error: tests[0].as: \"alicia\": is not defined"
            + " under callers; did you mean \"alice\"?",
        "as: alice, do: GET /, expects: 404|tests[0].expects: \"expects\": is not a key that is"
            + " known here; did you mean \"expect\"?",
        "as: alice, do: GET, expect: 404|must be a method, one space and a path",
        "as: alice, do: GET /, expect: 4o4|is neither forward nor a status such as 404",
        "as: alice, do: GET /, expect: {row: 14}|is none of the rows 0, 1, 1b, 2",
        "as: alice, do: GET /, expect: {}|is empty; expect an answer, a row, or both",
        "as: alice, do: GET /, exists: maybe, expect: 404|is none of no, unknown, yes",
        "do: GET /, expect: 404|says of whom?",
        "as: alice, do: GET /, source: localhost, expect: 404|\"localhost\": is not an IP address",
        "as: alice, do: GET /, now: today, expect: 404|\"today\": is not a time such as 2027",
        "do: GET /, expect: {bob: 404}|\"bob\": is not defined under callers"
      })
  void mistakesInTestsAreToldLikeThoseInTheConfiguration(String test, String message)
      throws Exception {
    Run run = test(CALLERS + "  - {" + test + "}\n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("tests/documents.yaml:5:", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{claims: {scope: x}}|2:3: error: callers.eve: its claims need a sub",
        "{claims: {sub: eve}, token: t}|needs exactly one of the keys claims and token",
        "{claims: {sub: eve}, issuer: mian}|is not an issuer of the configuration; did you mean"
            + " \"main\"?",
        "{claims: {sub: eve, iss: 'https://else.example'}}|is not that of any issuer; the configuration has main ("
      })
  void mistakesInCallersAreToldToo(String caller, String message) throws Exception {
    Run run =
        test(
            "callers:\n  eve: %s\ntests:\n  - {as: eve, do: GET /terms, expect: forward}\n"
                .formatted(caller));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}

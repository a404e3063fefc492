package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.discreet.testing.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class TestCommandTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new TestFolder(folder);
  }

  @Test
  void testsStandBesideTheConfigurationUnlessTheyAreNamed() throws Exception {
    Run run =
        files.test(TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n");
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
    files.test(TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n");
    String roundabout = folder.resolve("config/../config/.").toString();
    assertThat(Run.of("test", "--config", roundabout).exit()).isZero();
  }

  @Test
  void noTestsAreNoSuccess() throws Exception {
    Run run = files.test("tests: []\n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("there is no test in");
    Files.createDirectory(folder.resolve("empty"));
    Run empty = files.test("tests: []\n", folder.resolve("empty").toString());
    assertThat(empty.exit()).isEqualTo(2);
  }

  @Test
  void tablesOverCallersAndListsOfRequestsAreWrittenOut() throws Exception {
    Run run =
        files.test(
            TestFolder.CALLERS
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
        files.test(
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
        files.test(
            TestFolder.CALLERS
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
        files.test(
            TestFolder.CALLERS
                + """
                  - {as: alice, do: PUT /accounts/a1/documents/1, exists: yes, expect: {allow: [GET]}}
                  - {as: alice, do: GET /accounts/a1/documents/1, exists: yes, expect: {missing: {anyOf: [d:read]}}}
                """);
    assertThat(run.out())
        .contains("allow    expected GET, got GET, HEAD, DELETE", "2 tests: 0 passed, 2 failed");
  }

  @Test
  void aTestWithoutExistsHoldsWhateverExists() throws Exception {
    Run run =
        files.test(
            TestFolder.CALLERS
                + "  - {as: alice, do: DELETE /accounts/a1/documents/1, expect: 403}\n");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("depends on it: say yes, no or unknown");
  }

  @Test
  void theReportOfBuildServersIsXml() throws Exception {
    Path report = folder.resolve("report.xml");
    files.test(
        TestFolder.CALLERS
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
        files.test(
            TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: 404}\n",
            "--format",
            "json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("\"expected\" : \"404\"", "\"never\" : [ \"gateway.yaml:4");
  }

  @Test
  void aTokenIsVerifiedAsTheGatewayDoes() throws Exception {
    try (TestIssuer issuer = new TestIssuer()) {
      Files.createDirectories(folder.resolve("config"));
      Files.writeString(
          folder.resolve("config/keys.json"), new JWKSet(issuer.key().toPublicJWK()).toString());
      files.configure(issuer.issuer(), "{file: keys.json}");
      String token = issuer.token("alice", Map.of("scope", "d:read", "account", "a1"));
      Run run =
          files.test(
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
}

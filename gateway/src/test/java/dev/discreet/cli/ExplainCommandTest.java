package dev.discreet.cli;

import static dev.discreet.cli.ExplainFolder.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  @TempDir private Path folder;
  private ExplainFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new ExplainFolder(folder);
  }

  private Run explain(String... arguments) {
    return files.explain(arguments);
  }

  @Test
  void tellsTheRowFirstThenEachStep() {
    Run run = explain("--claims", ALICE, "DELETE", "/accounts/a1/documents/42?force=1");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("if it exists: row 8, 403")
        .contains(
            "if it does not: row 9, 404",
            "if that can't be told: row 10, 404",
            "\"missingPermissions\":[\"d:delete\"]",
            "error=\"insufficient_scope\", scope=\"d:delete\"",
            "alice of issuer main; groups: none; the token carries: d:list",
            "gateway.yaml:4: /accounts/{account}/documents/{document}",
            "gateway.yaml:8: /accounts/{account}/** matches too; segment 3",
            "gateway.yaml:12: to authenticated",
            "the token does not carry it",
            "gateway.yaml:13: to subject carol",
            "the caller is not one of its recipients",
            "/accounts/a1/documents/7 has \"7\" in segment 4, where the resource has \"42\"",
            "5 may know    yes: knownTo: d:list",
            "the upstream api is asked: HEAD /base/accounts/a1/documents/42");
  }

  @ParameterizedTest
  @CsvSource({"yes, 8", "no, 9", "unknown, 10", "YES, 8"})
  void oneAnswerIsShownWhereExistenceIsGiven(String exists, String row) {
    Run run = explain("--claims", ALICE, "--exists", exists, "DELETE", "/accounts/a1/documents/42");
    assertThat(run.out()).startsWith("row " + row + ", ").doesNotContain("if it");
  }

  @Test
  void saysWhyAStrangerIsToldNothing() {
    Run run = explain("--claims", ALICE, "GET", "/accounts/b9/documents/42");
    assertThat(run.out())
        .startsWith("row 7, 404")
        .contains(
            "asks in segment 2 for the claim account, which is \"a1\"; the resource has \"b9\"",
            "5 may know    no: knownTo: d:list",
            "6 existence   not asked");
  }

  @Test
  void saysWhereARefusalIsOnlyObserved() throws Exception {
    String forwarded = "mode        observe: forwarded all the same";
    String[] asked = {"--claims", ALICE, "GET", "/accounts/b9/documents/42"};
    assertThat(explain(asked).out()).doesNotContain("observe");
    Path gateway = folder.resolve("gateway.yaml");
    Files.writeString(gateway, "mode: observe\n" + Files.readString(gateway));
    assertThat(explain(asked).out()).startsWith("row 7, 404").contains(forwarded);
    assertThat(explain("GET", "/accounts/b9/terms").out()).doesNotContain(forwarded);
    assertThat(explain("--format", "json", "GET", "/accounts/b9/documents/42").out())
        .contains("\"observed\" : true");
  }

  @Test
  void saysWhatAMethodOfAnotherResourceIsWorth() throws Exception {
    Path gateway = folder.resolve("gateway.yaml");
    Files.writeString(
        gateway,
        Files.readString(gateway)
            .replace(
                "grants:",
                """
                  - path: /accounts/{account}/documents/{document}/terms
                    host: "*.example.com"
                    resource: /accounts/{account}/documents/{document}
                    upstream: api
                    methods: {GET: authenticated, PUT: d:write}
                grants:\
                """));
    Run run =
        explain(
            "--claims", ALICE, "--host", "a.example.com", "PUT", "/accounts/a1/documents/1/terms");
    assertThat(run.out())
        .startsWith("row 7, 404")
        .contains(
            "//*.example.com/accounts/{account}/documents/{document}/terms, resource"
                + " //a.example.com/",
            "GET asks authenticated: no, the resource is not the path itself");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /accounts/../x, 400",
    "GET, /a%2fb, 400",
    "TRACE, /a, 405",
    "G T, /a, 400",
    "GET, /a b, 400"
  })
  void whatTheGatewayDoesNotReadIsRefusedHereToo(String method, String path, int status) {
    assertThat(explain(method, path).out()).startsWith("row 0, " + status);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 2026-12-31T23:59:59Z, 'row 5, forward'",
    "10.1.2.3, 2027-01-01T00:00:00Z, 'row 7, 404'",
    "192.0.2.1, 2026-12-31T23:59:59Z, 'row 7, 404'"
  })
  void conditionsAskWhenceAndWhen(String source, String now, String row) {
    Run run =
        explain(
            "--claims",
            "{\"sub\":\"eve\"}",
            "--source",
            source,
            "--now",
            now,
            "GET",
            "/accounts/a1/documents/42");
    assertThat(run.out()).startsWith(row);
    if (row.contains("404")) {
      assertThat(run.out()).contains("gateway.yaml:14: to subject eve", "condition does not hold");
    }
  }

  @Test
  void saysWhichPartOfTheRequestLineIsNone() {
    assertThat(explain("G T", "/a").out()).contains("refused: a method that is no token");
    assertThat(explain("GET", "/a HTTP/1.0").out())
        .contains("refused: a space or a line's end in the target");
    assertThat(explain("--host", "a\nb: c", "GET", "/a").out()).contains("a line's end in host");
  }

  @Test
  void jsonHasTheSame() {
    Run run = explain("--format", "json", "--claims", ALICE, "DELETE", "/accounts/a1/documents/42");
    assertThat(run.out())
        .contains(
            "\"ifExists\" : {\n    \"row\" : \"8\",\n    \"answer\" : \"403\"",
            "\"grant\" : \"gateway.yaml:13\"",
            "\"account\" : \"a1\",\n      \"document\" : \"42\"",
            "\"upstream\" : \"api\"");
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.discreet.testing.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  private static final String ALICE = "{\"sub\":\"alice\",\"scope\":\"d:list\",\"account\":\"a1\"}";

  @TempDir private Path folder;

  @BeforeEach
  void configuration() throws Exception {
    configure("https://id.example.com", "https://id.example.com/certs");
  }

  private void configure(String issuer, String jwks) throws Exception {
    Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        issuers: {main: {issuer: %s, audiences: [tests], jwks: %s, permissionsFrom: [scope]}}
        upstreams: {api: {url: "http://127.0.0.1:1/base"}}
        routes:
          - path: /accounts/{account}/documents/{document}
            upstream: api
            methods: {GET: d:read, DELETE: d:delete}
            knownTo: d:list
          - path: /accounts/{account}/**
            upstream: api
            methods: {GET: public}
        grants:
          - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
          - {to: {subject: carol}, permissions: d:delete, resources: /accounts/a1/documents/7}
          - {to: {subject: eve}, permissions: "d:*", resources: "/accounts/*/documents/*", when: 'inRange(request.source, "10.0.0.0/8") && now < timestamp("2027-01-01T00:00:00Z")'}
        """
            .formatted(issuer, jwks));
  }

  private Run explain(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "explain";
    all[1] = "--config";
    all[2] = folder.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Run.of(all);
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
            "asks for the claim account (a1) in segment 2, where the resource has \"b9\"",
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

  @Test
  void withoutTokenAndClaimsTheCallerIsAnonymous() {
    assertThat(explain("GET", "/accounts/b9/terms").out()).startsWith("row 2, forward");
    assertThat(explain("GET", "/accounts/b9/documents/1").out()).startsWith("row 3, 401");
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
  void jsonHasTheSame() {
    Run run = explain("--format", "json", "--claims", ALICE, "DELETE", "/accounts/a1/documents/42");
    assertThat(run.out())
        .contains(
            "\"ifExists\" : {\n    \"row\" : \"8\",\n    \"answer\" : \"403\"",
            "\"grant\" : \"gateway.yaml:13\"",
            "\"account\" : \"a1\",\n      \"document\" : \"42\"",
            "\"upstream\" : \"api\"");
  }

  @Test
  void aTokenIsVerifiedAsTheGatewayDoes() throws Exception {
    try (TestIssuer issuer = new TestIssuer()) {
      Files.writeString(
          folder.resolve("keys.json"), new JWKSet(issuer.key().toPublicJWK()).toString());
      configure(issuer.issuer(), "{file: keys.json}");
      String token = issuer.token("alice", Map.of("scope", "d:read", "account", "a1"));
      Path file = Files.writeString(folder.resolve("token"), token + "\n");
      assertThat(explain("--token", "@" + file, "GET", "/accounts/a1/documents/42").out())
          .startsWith("row 5, forward");
      issuer.rotate();
      String forged = issuer.token("alice", Map.of());
      assertThat(explain("--token", forged, "GET", "/accounts/a1/terms").out())
          .startsWith("row 1, 401")
          .contains("error_description=\"wrong signature or key\"");
    }
  }

  @Test
  void aTokenThatCannotBeVerifiedHereIsNotGuessedAt() throws Exception {
    try (TestIssuer issuer = new TestIssuer()) {
      configure(issuer.issuer(), issuer.issuer() + "/nothing");
      Run run = explain("--token", issuer.token("alice", Map.of()), "GET", "/accounts/a1/terms");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("the keys of issuer main can't be had here", "--claims");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--claims|{}|need a sub",
        "--claims|[]|is not a JSON object",
        "--claims|{\"sub\":\"a\",\"iss\":\"https://else.example\"}|name an issuer: main",
        "--claims|@nowhere.json|there is no such file",
        "--exists|maybe|--exists",
        "--source|example.com|is not an IP address",
        "--now|yesterday|is not a time in UTC"
      })
  void wrongUsageExitsWithTwo(String option, String value, String message) {
    Run run = explain(option, value, "GET", "/a");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message).doesNotContain("Exception");
  }
}

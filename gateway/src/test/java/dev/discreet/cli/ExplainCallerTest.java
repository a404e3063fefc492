package dev.discreet.cli;

import static dev.discreet.cli.ExplainFolder.ALICE;
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

/** Who is said to call: a token, claims, or nobody. */
class ExplainCallerTest {
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
  void withoutTokenAndClaimsTheCallerIsAnonymous() {
    assertThat(explain("GET", "/accounts/b9/terms").out()).startsWith("row 2, forward");
    assertThat(explain("GET", "/accounts/b9/documents/1").out()).startsWith("row 3, 401");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b|a comma in a token",
        "a\u0001b|a control character in a line",
        "'a\nb'|a line's end in authorization"
      })
  void aTokenThatNoRequestCanCarryIsRefusedUnread(String token, String reason) {
    assertThat(explain("--token", token, "GET", "/accounts/b9/terms").out())
        .startsWith("row 0, 400")
        .contains("0 request     refused: " + reason);
  }

  @ParameterizedTest
  @CsvSource({"a b", "a.b", "''"})
  void aTokenThatIsReadAndNotOneIsRowOne(String token) {
    assertThat(explain("--token", token, "GET", "/accounts/b9/terms").out())
        .startsWith("row 1, 401: the token is not valid\n")
        .contains("error_description=\"malformed\"");
  }

  @Test
  void claimsOfAnIssuerThatIsNotThereAreNobodys() {
    Run run = explain("--claims", ALICE, "--issuer", "mian", "GET", "/a");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("the issuer mian, which the configuration does not have; it has main (https");
  }

  @Test
  void aRefusedTokenIsForwardedWhereTheRouteObserves() throws Exception {
    files.replace("methods: {GET: public}", "methods: {GET: public}\n    mode: observe");
    String[] asked = {"--token", "a.b", "GET", "/accounts/b9/terms"};
    assertThat(explain(asked).out())
        .startsWith("row 1, 401: the token is not valid (only observed: the request is forwarded)")
        .contains(
            "3 route       gateway.yaml:8: /accounts/{account}/**",
            "mode        observe: forwarded all the same");
    assertThat(explain("--format", "json", "--token", "a.b", "GET", "/accounts/b9/terms").out())
        .contains("\"observed\" : true", "\"at\" : \"gateway.yaml:8\"");
    assertThat(explain("--token", "a.b", "GET", "/accounts/b9/documents/1").out())
        .startsWith("row 1, 401: the token is not valid\n")
        .doesNotContain("observe", "3 route");
    assertThat(explain("--token", "a,b", "GET", "/accounts/b9/terms").out())
        .startsWith("row 0, 400: refused unread\n");
  }

  @Test
  void aTokenIsVerifiedAsTheGatewayDoes() throws Exception {
    try (TestIssuer issuer = new TestIssuer()) {
      Files.writeString(
          folder.resolve("keys.json"), new JWKSet(issuer.key().toPublicJWK()).toString());
      files.configure(issuer.issuer(), "{file: keys.json}");
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
      files.configure(issuer.issuer(), issuer.issuer() + "/nothing");
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
        "--claims|[]|are no JSON object that a token could have: line 1, column 2: there is no object",
        "--claims|{\"sub\":\"a\",}|line 1, column 12: Unexpected character ('}'",
        "--claims|{\"sub\":\"a\", \"sub\":1}|the name sub stands twice",
        "--claims|{\"sub\":\"a\"|line 1, column 11: Unexpected end-of-input: expected close marker for Object\n",
        "--claims|{\"sub\":\"a\",\"iss\":\"https://else.example\"}|the iss https://else.example, which is not that of any issuer; the configuration has main (https://id.example.com)",
        "--claims|@nowhere.json|there is no such file",
        "--exists|maybe|--exists",
        "--source|example.com|is not an IP address",
        "--source|1.2.3|is not an IP address",
        "--source|16909060|is not an IP address",
        "--source|0x1.2.3.4|is not an IP address",
        "--now|yesterday|is not a time in UTC"
      })
  void wrongUsageExitsWithTwo(String option, String value, String message) {
    Run run = explain(option, value, "GET", "/a");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message).doesNotContain("Exception");
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a grant counts, or does not. */
class ExplainGrantTest {
  @TempDir private Path folder;
  private ExplainFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new ExplainFolder(folder);
  }

  private Run explain(String... arguments) {
    return files.explain(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sub\":\"x\"}|which is missing; the resource has \"a1\"",
        "{\"sub\":\"x\",\"org\":{\"id\":\"\"}}|which is empty; the resource has \"a1\"",
        "{\"sub\":\"x\",\"org\":{\"id\":\"a/1\"}}|which is \"a/1\" and so matches nothing: only text without",
        "{\"sub\":\"x\",\"org\":{\"id\":1.50}}|which is 1.5 and so matches nothing",
        "{\"sub\":\"x\",\"org\":{\"id\":[]}}|which is an empty list and so matches nothing",
        "{\"sub\":\"x\",\"org\":{\"id\":null}}|which is null and so matches nothing",
        "{\"sub\":\"x\",\"org\":{\"id\":[\"b\",\"c\"]}}|which is [\"b\", \"c\"]; the resource has \"a1\""
      })
  void saysWhatTheClaimOfAPatternIs(String claims, String found) throws Exception {
    files.replace(
        "permissionsFrom: [scope]", "permissionsFrom: [scope], claims: {account: /org/id}");
    assertThat(explain("--claims", claims, "GET", "/accounts/a1/documents/42").out())
        .contains("asks in segment 2 for the claim /org/id (claims.account), " + found);
  }

  @Test
  void saysThatAClaimNeedsAToken() {
    assertThat(explain("GET", "/accounts/a1/documents/42").out())
        .contains("asks in segment 2 for the claim account, and there is no token");
  }

  @Test
  void saysWhatTheClaimOfAHostIs() throws Exception {
    files.replace(
        "grants:",
        "grants:\n  - {to: authenticated, permissions: 'd:*', resources: '//{claims.tenant}.example.com/**'}");
    files.replace(
        "  - path: /accounts/{account}/**",
        "  - host: '*.example.com'\n    path: /x\n    upstream: api\n    methods: {GET: d:read}\n  - path: /accounts/{account}/**");
    assertThat(explain("--claims", "{\"sub\":\"x\"}", "--host", "t.example.com", "GET", "/x").out())
        .contains(
            "//{claims.tenant}.example.com/** asks in the host for the claim tenant, which is"
                + " missing; the resource is //t.example.com/x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sub\":\"x\"}|is missing",
        "{\"sub\":\"x\",\"level\":\"5\"}|is \"5\"",
        "{\"sub\":\"x\",\"level\":[6,true,{}]}|is [6, true, an object]"
      })
  void saysWhatTheClaimOfARecipientIs(String claims, String found) throws Exception {
    files.replace("{subject: carol}", "{claim: level, is: 5}");
    assertThat(explain("--claims", claims, "DELETE", "/accounts/a1/documents/7").out())
        .contains("the caller is not one of its recipients: the claim level " + found + "\n");
  }

  @Test
  void saysTheConditionAndWhatItCameTo() throws Exception {
    String[] asked = {
      "--claims",
      "{\"sub\":\"eve\"}",
      "--now",
      "2026-12-31T23:59:59Z",
      "GET",
      "/accounts/a1/documents/42"
    };
    String condition =
        ": inRange(request.source, \"10.0.0.0/8\") && now < timestamp(\"2027-01-01T00:00:00Z\")";
    assertThat(explain(asked).out()).contains("its condition does not hold" + condition);
    files.replace("10.0.0.0/8", "127.0.0.0/8");
    assertThat(explain(asked).out())
        .contains("its condition holds" + condition.replace("10.0", "127.0"));
    files.replace("inRange(request.source, \"127.0.0.0/8\")", "claims.level > 3");
    assertThat(explain(asked).out())
        .contains("its condition reads a claim or a name that is not there: claims.level > 3");
  }
}

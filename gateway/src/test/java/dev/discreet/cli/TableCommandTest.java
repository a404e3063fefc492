package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableCommandTest {
  private static final String ALICE =
      "{\"sub\":\"alice\",\"org\":{\"id\":\"a1\"},\"scope\":\"d:read\"}";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TableFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new TableFolder(folder);
  }

  @Test
  void withoutCallersItShowsThoseThatThePolicySpeaksOf() {
    Run run = files.table();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            method  path                                             anonymous  any token  every scope  group staff  subject carol
            GET     /accounts/{account}/documents                    401        200 empty  200 empty    forward      200 empty
            GET     /accounts/{claims.account}/documents             -          200 empty  forward      forward      200 empty
            GET     /accounts/{account}/documents/{document}         401        404        404          forward      404
            PUT     /accounts/{account}/documents/{document}         401        404        404          forward      404
            GET     /accounts/{claims.account}/documents/{document}  -          404        forward      forward      404
            PUT     /accounts/{claims.account}/documents/{document}  -          404        forward      forward      404
            GET     /accounts/a1/documents/7                         401        404        404          forward      forward
            PUT     /accounts/a1/documents/7                         401        404        404          forward      403 / 404
            GET     /files/**/**                                     401        404        404          404          404
            GET     /files/reports/*                                 401        404        404          forward      404
            GET     /files/{name}                                    forward    forward    forward      forward      forward

            a / b: a if the resource exists, b if it does not; -: the caller lacks the claim
            """);
  }

  @Test
  void callersAreNamedByTheirClaims() {
    Run run = files.table("--claims", ALICE, "--claims", "{\"sub\":\"bob\"}");
    assertThat(run.out().lines().toList())
        .startsWith(
            "method  path                                             anonymous  alice      bob")
        .contains(
            "GET     /accounts/{claims.account}/documents/{document}  -          forward    -",
            "PUT     /accounts/{claims.account}/documents/{document}  -          403 / 404  -");
  }

  @Test
  void variablesStandForWhatIsSaid() {
    Run run = files.table("--claims", ALICE, "--path-values", "account=a1,document=9");
    assertThat(run.out().lines().toList())
        .contains("GET     /accounts/a1/documents/9  401        forward")
        .noneMatch(line -> line.contains("{account}"));
  }

  @Test
  void markdownHtmlAndJsonSayTheSame() {
    assertThat(files.table("--format", "markdown").out())
        .contains(
            "| method | path | anonymous |",
            "| --- | --- | --- |",
            "| PUT | /accounts/a1/documents/7 | 401 | 404 | 404 | forward | 403 / 404 |",
            "/accounts/\\{account\\}/documents");
    assertThat(files.table("--format", "html").out())
        .startsWith("<!DOCTYPE html>")
        .contains(
            "<td class=\"path\">/accounts/a1/documents/7</td>",
            "title=\"row 8: not permitted, may know, exists\">403</b>",
            "</html>")
        .doesNotContain("http://", "https://", "src=");
    assertThat(files.table("--format", "json").out())
        .contains("\"caller\" : \"subject carol\"")
        .containsPattern("\"ifExists\" : \\{\\s+\"answer\" : \"403\",\\s+\"row\" : \"8\"");
  }

  @Test
  void whatARouteOnlyObservesIsMarked() throws Exception {
    files.write(
        "config",
        TableFolder.ROUTES.replace("{GET: f:read}", "{GET: f:read}, mode: observe")
            + TableFolder.GRANTS);
    assertThat(files.table().out().lines().toList())
        .contains(
            "GET     /files/reports/* ~                               401        404        404          forward      404",
            "~: the route only observes: what is refused here is forwarded, and counted")
        .anyMatch(line -> line.startsWith("GET     /files/{name}  "));
    assertThat(files.table("--format", "markdown").out()).contains("/files/reports/\\* ~ |");
    assertThat(files.table("--format", "html").out()).contains("/files/reports/* ~</td>", "~: the");
    assertThat(files.table("--format", "json").out())
        .containsPattern("\"path\" : \"/files/reports/\\*\",\\s+\"observed\" : true")
        .containsPattern("\"path\" : \"/files/\\{name}\",\\s+\"observed\" : false");
  }

  @Test
  void whatAClaimSaysIsNoMarkup() {
    String claims = "{\"sub\":\"<b>|x\"}";
    assertThat(files.table("--format", "html", "--claims", claims).out())
        .contains("<th>&lt;b&gt;|x</th>");
    assertThat(files.table("--format", "markdown", "--claims", claims).out())
        .contains("\\<b\\>\\|x");
  }

  @Test
  void theSameSubjectTwiceHasTwoNames() {
    assertThat(
            files
                .table("--claims", ALICE, "--claims", ALICE.replace("d:read", "d:*"))
                .out()
                .lines())
        .first()
        .asString()
        .endsWith("anonymous  alice      alice (2)");
  }

  @Test
  void valuesAreReadAsInARequest() {
    assertThat(files.table("--path-values", "account=a%31").out())
        .contains("/accounts/a1/documents");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "a;b", "a%2fb", "a?b", "a#b", "", "%zz"})
  void valuesThatNoRequestCanHaveAreRefused(String value) {
    Run run = files.table("--path-values", "account=" + value);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--path-values: account=" + value);
  }

  @Test
  void aVariableThatNoRouteHasIsRefused() {
    Run run = files.table("--path-values", "acount=a1");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("has the variable acount; did you mean account?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--claims={}", "--claims=[", "--diff=nowhere", "--format=pdf"})
  void wrongUsageExitsWithTwo(String argument) {
    Run run = files.table(argument);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotEmpty().doesNotContain("Exception");
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableCommandTest {
  private static final String ALICE =
      "{\"sub\":\"alice\",\"org\":{\"id\":\"a1\"},\"scope\":\"d:read\"}";

  private static final String ROUTES =
      """
      issuers:
        main:
          issuer: https://id.example.com
          audiences: [tests]
          jwks: https://id.example.com/certs
          claims: {account: /org/id}
      upstreams: {api: {url: "http://127.0.0.1:1"}}
      routes:
        - {path: "/accounts/{account}/documents", upstream: api, collection: true, methods: {GET: d:list}}
        - {path: "/accounts/{account}/documents/{document}", upstream: api, methods: {GET: d:read, PUT: d:write}}
        - {path: /files/**, upstream: api, methods: {GET: f:read}}
        - {path: "/files/{name}", upstream: api, methods: {GET: public}}
      """;

  private static final String GRANTS =
      """
      grants:
        - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
        - {to: {group: staff}, permissions: "d:*", resources: /accounts/**}
        - {to: {subject: carol}, permissions: d:read, resources: /accounts/a1/documents/7}
        - {to: {group: staff}, permissions: f:read, resources: /files/reports/*}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void configuration() throws Exception {
    write("config", ROUTES + GRANTS);
  }

  private void write(String name, String gateway) throws Exception {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("gateway.yaml"), gateway);
  }

  private Run table(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("table", "--config", folder.resolve("config").toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void withoutCallersItShowsThoseThatThePolicySpeaksOf() {
    Run run = table();
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
    Run run = table("--claims", ALICE, "--claims", "{\"sub\":\"bob\"}");
    assertThat(run.out().lines().toList())
        .startsWith(
            "method  path                                             anonymous  alice      bob")
        .contains(
            "GET     /accounts/{claims.account}/documents/{document}  -          forward    -",
            "PUT     /accounts/{claims.account}/documents/{document}  -          403 / 404  -");
  }

  @Test
  void variablesStandForWhatIsSaid() {
    Run run = table("--claims", ALICE, "--path-values", "account=a1,document=9");
    assertThat(run.out().lines().toList())
        .contains("GET     /accounts/a1/documents/9  401        forward")
        .noneMatch(line -> line.contains("{account}"));
  }

  @Test
  void conditionsAskWhenceAndWhen() throws Exception {
    write(
        "config",
        ROUTES
            + """
            grants:
              - {to: {subject: eve}, permissions: d:read, resources: /**, when: 'inRange(request.source, "10.0.0.0/8")'}
            """);
    String path = "GET     /accounts/{account}/documents/{document}  401        404        ";
    assertThat(table().out().lines().toList()).contains(path + "404 *forward");
    assertThat(table("--source", "10.0.0.1").out().lines().toList())
        .contains(path + "forward ?404");
  }

  @Test
  void markdownHtmlAndJsonSayTheSame() {
    assertThat(table("--format", "markdown").out())
        .contains(
            "| method | path | anonymous |",
            "| --- | --- | --- |",
            "| PUT | /accounts/a1/documents/7 | 401 | 404 | 404 | forward | 403 / 404 |",
            "/accounts/\\{account\\}/documents");
    assertThat(table("--format", "html").out())
        .startsWith("<!DOCTYPE html>")
        .contains(
            "<td class=\"path\">/accounts/a1/documents/7</td>",
            "title=\"row 8: not permitted, may know, exists\">403</b>",
            "</html>")
        .doesNotContain("http://", "https://", "src=");
    assertThat(table("--format", "json").out())
        .contains("\"caller\" : \"subject carol\"")
        .containsPattern("\"ifExists\" : \\{\\s+\"answer\" : \"403\",\\s+\"row\" : \"8\"");
  }

  @Test
  void whatAClaimSaysIsNoMarkup() {
    String claims = "{\"sub\":\"<b>|x\"}";
    assertThat(table("--format", "html", "--claims", claims).out())
        .contains("<th>&lt;b&gt;|x</th>");
    assertThat(table("--format", "markdown", "--claims", claims).out()).contains("\\<b\\>\\|x");
  }

  @Test
  void aDifferenceShowsEveryCellThatChanges() throws Exception {
    write(
        "before",
        ROUTES + GRANTS.replace("d:*", "d:list").replace("subject: carol", "subject: dave"));
    Run run = table("--diff", folder.resolve("before").toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .contains(
            "GET /accounts/{account}/documents/{document}, group staff: 404 -> forward",
            "GET /accounts/a1/documents/7, subject carol: 404 -> forward",
            "PUT /accounts/a1/documents/7, subject carol: 404 -> 403 / 404",
            "GET /accounts/a1/documents/7, subject dave: forward -> 404");
    assertThat(run.out()).containsPattern("\\d+ of \\d+ cells change\\R$");
    assertThat(table("--diff", folder.resolve("before").toString(), "--format", "markdown").out())
        .contains("| method | path | caller | before | after |", "| 404 | 403 / 404 |");
    assertThat(table("--diff", folder.resolve("before").toString(), "--format", "html").out())
        .contains("<th>before</th><th>after</th>", "<td>subject dave</td>");
    assertThat(table("--diff", folder.resolve("before").toString(), "--format", "json").out())
        .contains("\"caller\" : \"subject dave\"", "\"before\" : {");
  }

  @Test
  void aRouteThatOnlyOneOfThemHasIsComparedToo() throws Exception {
    write("before", ROUTES.replaceFirst(".*/files/\\{name}.*\\R", "") + GRANTS);
    Run run = table("--claims", ALICE, "--diff", folder.resolve("before").toString());
    assertThat(run.out())
        .contains(
            "GET /files/{name}, anonymous: 401 -> forward",
            "GET /files/{name}, alice: 404 -> forward",
            "4 of 22 cells change");
  }

  @Test
  void aPathThatLooksLikeAnotherBeforeAndLikeAThirdAfterIsTold() throws Exception {
    String grants =
        """
        grants:
          - {to: {subject: carol}, permissions: d:read, resources: /accounts/a1/documents/7}
          - {to: {subject: carol}, permissions: %s, resources: /accounts/a1/documents/8}
        """;
    write("before", ROUTES + grants.formatted("x:none"));
    write("config", ROUTES + grants.formatted("d:read"));
    assertThat(table("--diff", folder.resolve("before").toString()).out())
        .contains("GET /accounts/a1/documents/8, subject carol: 404 -> forward")
        .doesNotContain("documents/7");
  }

  private static String fifteen(String resources) {
    StringBuilder grants = new StringBuilder("grants:\n");
    for (int i = 0; i < 15; i++) {
      grants
          .append("  - {to: {subject: u%d}, permissions: d:read, resources: ".formatted(i))
          .append(resources.formatted(i))
          .append("}\n");
    }
    return ROUTES + grants;
  }

  @Test
  void aTableIsCutWhereItSaysSoAndADifferenceNever() throws Exception {
    String grants = fifteen("/accounts/a%d/**");
    write("before", grants);
    write("config", grants.replaceAll(".*u14.*\\R", ""));
    Run table = table();
    assertThat(table.exit()).isZero();
    assertThat(table.out().lines().findFirst().orElseThrow())
        .contains("subject u9")
        .doesNotContain("u10");
    String cut = "callers that the policy speaks of and that are left out: 4";
    assertThat(table.out()).contains(cut);
    assertThat(table("--format", "markdown").out()).contains(cut);
    assertThat(table("--format", "html").out()).contains(cut);
    assertThat(table("--format", "json").out()).contains("subject u13", "\"callersLeftOut\" : 0");
    Run diff = table("--diff", folder.resolve("before").toString());
    assertThat(diff.exit()).isEqualTo(1);
    assertThat(diff.out())
        .contains("GET /accounts/a14/documents/{document}, subject u14: forward -> 404");
  }

  @Test
  void manyToWhomTheSameIsGrantedShareAColumn() throws Exception {
    String grants = fifteen("/**");
    write("before", grants);
    write("config", grants.replaceAll("(u14.*)d:read", "$1'd:*'"));
    Run table = table();
    assertThat(table.out().lines().findFirst().orElseThrow())
        .endsWith("any token  subject u0 + 13 more  subject u14");
    assertThat(table.out())
        .contains("+ N more: others who are answered the same")
        .doesNotContain("left out");
    assertThat(table("--format", "json").out()).contains("subject u13", "\"callersLeftOut\" : 0");
    String before = folder.resolve("before").toString();
    assertThat(table("--diff", before).out())
        .contains("PUT /accounts/{account}/documents/{document}, subject u14: 403 / 404 -> forward")
        .doesNotContain("more");
    write("config", grants.replace("permissions: d:read", "permissions: d:write"));
    assertThat(table("--diff", before).out())
        .contains("subject u0 + 14 more: forward -> 403 / 404", "30 of 85 cells change");
    assertThat(table("--diff", before, "--format", "json").out())
        .contains("\"subject u13\"", "\"more\" : 14");
  }

  @Test
  void whoIsNotNamedByAGrantThereIsAnsweredAsAnybody() throws Exception {
    String grants = fifteen("/accounts/a%d/**");
    write("before", grants);
    write("config", grants.replace("GET: public", "GET: f:read"));
    assertThat(table("--diff", folder.resolve("before").toString()).out().lines().toList())
        .containsExactly(
            "GET /files/{name}, anonymous: forward -> 401",
            "GET /files/{name}, any token + 15 more: forward -> 404",
            "17 of 595 cells change; + N more: others who are answered the same");
  }

  @Test
  void everyoneWhomAGrantNamesIsCompared() throws Exception {
    String grant =
        "grants: [{to: {group: [a, b%s]}, permissions: d:read, resources: /accounts/**}]";
    write("before", ROUTES + grant.formatted(", c"));
    write("config", ROUTES + grant.formatted(""));
    Run run = table("--diff", folder.resolve("before").toString());
    assertThat(run.out())
        .contains("GET /accounts/{account}/documents/{document}, group c: forward -> 404")
        .doesNotContain("group a", "group b");
  }

  private static String conditional(String permission, String condition) {
    return ROUTES
        + """
        grants:
          - {to: {group: staff}, permissions: "%s", resources: /accounts/**%s}
        """
            .formatted(permission, condition);
  }

  private static String when(String department) {
    return ", when: 'claims.department == \"%s\"'".formatted(department);
  }

  @Test
  void aCellThatConditionsMayChangeIsMarked() throws Exception {
    write("config", conditional("d:read", when("legal")));
    assertThat(table().out().lines().toList())
        .contains(
            "GET     /accounts/{account}/documents/{document}  401        404        404 *forward",
            "PUT     /accounts/{account}/documents/{document}  401        404        404 *403 / 404",
            "*: what it would be if the conditions of all grants held");
    assertThat(table("--format", "markdown").out()).contains("| 404 \\*forward |");
    assertThat(table("--format", "html").out()).containsPattern(">404</b> \\*<b[^>]*>forward</b>");
    assertThat(table("--format", "json").out())
        .containsPattern(
            "\"ifConditionsHeld\" : \\{\\s+\"ifExists\" : \\{\\s+\"answer\" : \"forward\"");
  }

  @Test
  void aCellThatRestsOnAConditionIsMarked() throws Exception {
    write("config", conditional("d:read", ", when: 'caller.subject != \"\"'"));
    assertThat(table().out().lines().toList())
        .contains(
            "GET     /accounts/{account}/documents/{document}  401        404        forward ?404",
            "PUT     /accounts/{account}/documents/{document}  401        404        403 / 404 ?404",
            "?: what it would be if the condition of no grant held");
    assertThat(table().out()).doesNotContain("*: ");
    assertThat(table("--format", "markdown").out()).contains("| forward ?404 |", "?: what");
    assertThat(table("--format", "html").out())
        .containsPattern(">forward</b> \\?<b[^>]*>404</b>")
        .contains("?: what it would be if the condition of no grant held.");
    assertThat(table("--format", "json").out())
        .containsPattern(
            "\"ifNoConditionHeld\" : \\{\\s+\"ifExists\" : \\{\\s+\"answer\" : \"404\"");
  }

  @Test
  void aConditionThatChangesIsAChange() throws Exception {
    write("before", conditional("d:read", when("legal")));
    write("config", conditional("d:read", when("sales")));
    String before = folder.resolve("before").toString();
    Run run = table("--diff", before);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .containsExactly(
            "gateway.yaml:14: grant to group staff: when: claims.department == \"legal\""
                + " -> claims.department == \"sales\"",
            "0 of 15 cells change; changes beside cells: 1");
    assertThat(table("--diff", before, "--format", "markdown").out())
        .startsWith("- gateway.yaml:14: grant to group staff: when: claims.department");
    assertThat(table("--diff", before, "--format", "html").out())
        .contains("<li>gateway.yaml:14: grant to group staff: when: ");
    assertThat(table("--diff", before, "--format", "json").out())
        .contains("\"place\" : \"gateway.yaml:14\"");
  }

  @Test
  void aConditionThatIsAddedOrRemovedIsAChange() throws Exception {
    write("before", conditional("d:read", when("legal")));
    write("config", conditional("d:read", ""));
    assertThat(table("--diff", folder.resolve("before").toString()).out())
        .contains(
            "gateway.yaml:14: grant to group staff: when: claims.department == \"legal\" -> always",
            "document}, group staff: 404 *forward -> forward");
    write("before", ROUTES);
    write("config", conditional("d:read", when("legal")));
    assertThat(table("--diff", folder.resolve("before").toString()).out())
        .contains(
            "gateway.yaml:14: grant to group staff: added, when: claims.department == \"legal\"");
    write("config", ROUTES);
    write("before", conditional("d:read", when("legal")));
    assertThat(table("--diff", folder.resolve("before").toString()).out())
        .contains(
            "gateway.yaml:14: grant to group staff: removed, when: claims.department == \"legal\"");
  }

  @Test
  void whatAConditionalGrantGivesIsCompared() throws Exception {
    write("before", conditional("d:read", when("legal")));
    write("config", conditional("d:*", when("legal")));
    assertThat(table("--diff", folder.resolve("before").toString()).out())
        .contains(
            "PUT /accounts/{account}/documents/{document}, group staff:"
                + " 404 *403 / 404 -> 404 *forward");
  }

  @Test
  void aConditionThatOnlyMovesIsNoChange() throws Exception {
    write("before", conditional("d:read", when("legal")));
    write(
        "config", "# another line" + System.lineSeparator() + conditional("d:read", when("legal")));
    assertThat(table("--diff", folder.resolve("before").toString()).exit()).isZero();
  }

  @Test
  void enforcementThatEndsOrBeginsIsAChange() throws Exception {
    String observing = ROUTES.replace("{GET: f:read}", "{GET: f:read}, mode: observe");
    write("before", ROUTES + GRANTS);
    write("config", observing + GRANTS);
    Run off = table("--diff", folder.resolve("before").toString());
    assertThat(off.exit()).isEqualTo(1);
    assertThat(off.out().lines().toList())
        .startsWith(
            "gateway.yaml:11: route /files/**: now only observes: what is refused here is"
                + " forwarded");
    write("before", observing + GRANTS);
    write("config", ROUTES + GRANTS);
    Run on = table("--diff", folder.resolve("before").toString());
    assertThat(on.exit()).isEqualTo(1);
    assertThat(on.out())
        .startsWith("gateway.yaml:11: route /files/**: now enforces what it only observed");
  }

  @Test
  void whatAFailedProbeMeansIsCompared() throws Exception {
    write("before", ROUTES + GRANTS);
    write("config", ROUTES.replace(":1\"}", ":1\", probe: {onFailure: disclose}}") + GRANTS);
    Run run = table("--diff", folder.resolve("before").toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("gateway.yaml:11: route /files/**: probe.onFailure: conceal -> disclose")
        .doesNotContain("route /accounts/{account}/documents:");
  }

  @Test
  void theSameSubjectTwiceHasTwoNames() {
    assertThat(table("--claims", ALICE, "--claims", ALICE.replace("d:read", "d:*")).out().lines())
        .first()
        .asString()
        .endsWith("anonymous  alice      alice (2)");
  }

  @Test
  void valuesAreReadAsInARequest() {
    assertThat(table("--path-values", "account=a%31").out()).contains("/accounts/a1/documents");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "a;b", "a%2fb", "a?b", "a#b", "", "%zz"})
  void valuesThatNoRequestCanHaveAreRefused(String value) {
    Run run = table("--path-values", "account=" + value);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--path-values: account=" + value);
  }

  @Test
  void aVariableThatNoRouteHasIsRefused() {
    Run run = table("--path-values", "acount=a1");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("has the variable acount; did you mean account?");
  }

  @Test
  void noDifferenceExitsWithZero() throws Exception {
    write("before", ROUTES + "# the same in other words\n" + GRANTS);
    Run run = table("--diff", folder.resolve("before").toString());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("0 of ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--claims={}", "--claims=[", "--diff=nowhere", "--format=pdf"})
  void wrongUsageExitsWithTwo(String argument) {
    Run run = table(argument);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotEmpty().doesNotContain("Exception");
  }
}

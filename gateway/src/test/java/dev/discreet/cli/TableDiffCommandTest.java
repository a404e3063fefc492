package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change of policy changes in the table. */
class TableDiffCommandTest {
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
  void aDifferenceShowsEveryCellThatChanges() throws Exception {
    files.write(
        "before",
        TableFolder.ROUTES
            + TableFolder.GRANTS
                .replace("d:*", "d:list")
                .replace("subject: carol", "subject: dave"));
    Run run = files.table("--diff", files.path("before"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .contains(
            "GET /accounts/{account}/documents/{document}, group staff: 404 -> forward",
            "GET /accounts/a1/documents/7, subject carol: 404 -> forward",
            "PUT /accounts/a1/documents/7, subject carol: 404 -> 403 / 404",
            "GET /accounts/a1/documents/7, subject dave: forward -> 404");
    assertThat(run.out()).containsPattern("\\d+ of \\d+ cells change\\R$");
    assertThat(files.table("--diff", files.path("before"), "--format", "markdown").out())
        .contains("| method | path | caller | before | after |", "| 404 | 403 / 404 |");
    assertThat(files.table("--diff", files.path("before"), "--format", "html").out())
        .contains("<th>before</th><th>after</th>", "<td>subject dave</td>");
    assertThat(files.table("--diff", files.path("before"), "--format", "json").out())
        .contains("\"caller\" : \"subject dave\"", "\"before\" : {");
  }

  @Test
  void aRouteThatOnlyOneOfThemHasIsComparedToo() throws Exception {
    files.write(
        "before",
        TableFolder.ROUTES.replaceFirst(".*/files/\\{name}.*\\R", "") + TableFolder.GRANTS);
    Run run = files.table("--claims", ALICE, "--diff", files.path("before"));
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
    files.write("before", TableFolder.ROUTES + grants.formatted("x:none"));
    files.write("config", TableFolder.ROUTES + grants.formatted("d:read"));
    assertThat(files.table("--diff", files.path("before")).out())
        .contains("GET /accounts/a1/documents/8, subject carol: 404 -> forward")
        .doesNotContain("documents/7");
  }

  @Test
  void whoIsNotNamedByAGrantThereIsAnsweredAsAnybody() throws Exception {
    String grants = TableFolder.fifteen("/accounts/a%d/**");
    files.write("before", grants);
    files.write("config", grants.replace("GET: public", "GET: f:read"));
    assertThat(files.table("--diff", files.path("before")).out().lines().toList())
        .containsExactly(
            "GET /files/{name}, anonymous: forward -> 401",
            "GET /files/{name}, any token + 15 more: forward -> 404",
            "17 of 595 cells change; + N more: others who are answered the same");
  }

  @Test
  void everyoneWhomAGrantNamesIsCompared() throws Exception {
    String grant =
        "grants: [{to: {group: [a, b%s]}, permissions: d:read, resources: /accounts/**}]";
    files.write("before", TableFolder.ROUTES + grant.formatted(", c"));
    files.write("config", TableFolder.ROUTES + grant.formatted(""));
    Run run = files.table("--diff", files.path("before"));
    assertThat(run.out())
        .contains("GET /accounts/{account}/documents/{document}, group c: forward -> 404")
        .doesNotContain("group a", "group b");
  }

  @Test
  void enforcementThatEndsOrBeginsIsAChange() throws Exception {
    String observing = TableFolder.ROUTES.replace("{GET: f:read}", "{GET: f:read}, mode: observe");
    files.write("before", TableFolder.ROUTES + TableFolder.GRANTS);
    files.write("config", observing + TableFolder.GRANTS);
    Run off = files.table("--diff", files.path("before"));
    assertThat(off.exit()).isEqualTo(1);
    assertThat(off.out().lines().toList())
        .startsWith(
            "gateway.yaml:11: route /files/**: now only observes: what is refused here is"
                + " forwarded");
    files.write("before", observing + TableFolder.GRANTS);
    files.write("config", TableFolder.ROUTES + TableFolder.GRANTS);
    Run on = files.table("--diff", files.path("before"));
    assertThat(on.exit()).isEqualTo(1);
    assertThat(on.out())
        .startsWith("gateway.yaml:11: route /files/**: now enforces what it only observed");
  }

  @Test
  void whatAFailedProbeMeansIsCompared() throws Exception {
    files.write("before", TableFolder.ROUTES + TableFolder.GRANTS);
    files.write(
        "config",
        TableFolder.ROUTES.replace(":1\"}", ":1\", probe: {onFailure: disclose}}")
            + TableFolder.GRANTS);
    Run run = files.table("--diff", files.path("before"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("gateway.yaml:11: route /files/**: probe.onFailure: conceal -> disclose")
        .doesNotContain("route /accounts/{account}/documents:");
  }

  @Test
  void noDifferenceExitsWithZero() throws Exception {
    files.write("before", TableFolder.ROUTES + "# the same in other words\n" + TableFolder.GRANTS);
    Run run = files.table("--diff", files.path("before"));
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("0 of ");
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells, and changes, that rest on conditions. */
class TableConditionsTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TableFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new TableFolder(folder);
  }

  @Test
  void conditionsAskWhenceAndWhen() throws Exception {
    files.write(
        "config",
        TableFolder.ROUTES
            + """
            grants:
              - {to: {subject: eve}, permissions: d:read, resources: /**, when: 'inRange(request.source, "10.0.0.0/8")'}
            """);
    String path = "GET     /accounts/{account}/documents/{document}  401        404        ";
    assertThat(files.table().out().lines().toList()).contains(path + "404 *forward");
    assertThat(files.table("--source", "10.0.0.1").out().lines().toList())
        .contains(path + "forward ?404");
  }

  private static String conditional(String permission, String condition) {
    return TableFolder.ROUTES
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
    files.write("config", conditional("d:read", when("legal")));
    assertThat(files.table().out().lines().toList())
        .contains(
            "GET     /accounts/{account}/documents/{document}  401        404        404 *forward",
            "PUT     /accounts/{account}/documents/{document}  401        404        404 *403 / 404",
            "*: what it would be if the conditions of all grants held");
    assertThat(files.table("--format", "markdown").out()).contains("| 404 \\*forward |");
    assertThat(files.table("--format", "html").out())
        .containsPattern(">404</b> \\*<b[^>]*>forward</b>");
    assertThat(files.table("--format", "json").out())
        .containsPattern(
            "\"ifConditionsHeld\" : \\{\\s+\"ifExists\" : \\{\\s+\"answer\" : \"forward\"");
  }

  @Test
  void aCellThatRestsOnAConditionIsMarked() throws Exception {
    files.write("config", conditional("d:read", ", when: 'caller.subject != \"\"'"));
    assertThat(files.table().out().lines().toList())
        .contains(
            "GET     /accounts/{account}/documents/{document}  401        404        forward ?404",
            "PUT     /accounts/{account}/documents/{document}  401        404        403 / 404 ?404",
            "?: what it would be if the condition of no grant held");
    assertThat(files.table().out()).doesNotContain("*: ");
    assertThat(files.table("--format", "markdown").out()).contains("| forward ?404 |", "?: what");
    assertThat(files.table("--format", "html").out())
        .containsPattern(">forward</b> \\?<b[^>]*>404</b>")
        .contains("?: what it would be if the condition of no grant held.");
    assertThat(files.table("--format", "json").out())
        .containsPattern(
            "\"ifNoConditionHeld\" : \\{\\s+\"ifExists\" : \\{\\s+\"answer\" : \"404\"");
  }

  @Test
  void aConditionThatChangesIsAChange() throws Exception {
    files.write("before", conditional("d:read", when("legal")));
    files.write("config", conditional("d:read", when("sales")));
    String before = files.path("before");
    Run run = files.table("--diff", before);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .containsExactly(
            "gateway.yaml:14: grant to group staff: when: claims.department == \"legal\""
                + " -> claims.department == \"sales\"",
            "0 of 15 cells change; changes beside cells: 1");
    assertThat(files.table("--diff", before, "--format", "markdown").out())
        .startsWith("- gateway.yaml:14: grant to group staff: when: claims.department");
    assertThat(files.table("--diff", before, "--format", "html").out())
        .contains("<li>gateway.yaml:14: grant to group staff: when: ");
    assertThat(files.table("--diff", before, "--format", "json").out())
        .contains("\"place\" : \"gateway.yaml:14\"");
  }

  @Test
  void aConditionThatIsAddedOrRemovedIsAChange() throws Exception {
    files.write("before", conditional("d:read", when("legal")));
    files.write("config", conditional("d:read", ""));
    assertThat(files.table("--diff", files.path("before")).out())
        .contains(
            "gateway.yaml:14: grant to group staff: when: claims.department == \"legal\" -> always",
            "document}, group staff: 404 *forward -> forward");
    files.write("before", TableFolder.ROUTES);
    files.write("config", conditional("d:read", when("legal")));
    assertThat(files.table("--diff", files.path("before")).out())
        .contains(
            "gateway.yaml:14: grant to group staff: added, when: claims.department == \"legal\"");
    files.write("config", TableFolder.ROUTES);
    files.write("before", conditional("d:read", when("legal")));
    assertThat(files.table("--diff", files.path("before")).out())
        .contains(
            "gateway.yaml:14: grant to group staff: removed, when: claims.department == \"legal\"");
  }

  @Test
  void whatAConditionalGrantGivesIsCompared() throws Exception {
    files.write("before", conditional("d:read", when("legal")));
    files.write("config", conditional("d:*", when("legal")));
    assertThat(files.table("--diff", files.path("before")).out())
        .contains(
            "PUT /accounts/{account}/documents/{document}, group staff:"
                + " 404 *403 / 404 -> 404 *forward");
  }

  @Test
  void aConditionThatOnlyMovesIsNoChange() throws Exception {
    files.write("before", conditional("d:read", when("legal")));
    files.write(
        "config", "# another line" + System.lineSeparator() + conditional("d:read", when("legal")));
    assertThat(files.table("--diff", files.path("before")).exit()).isZero();
  }
}

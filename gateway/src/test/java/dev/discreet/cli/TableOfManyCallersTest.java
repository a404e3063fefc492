package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that speak of more callers than a table has room for. */
class TableOfManyCallersTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TableFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new TableFolder(folder);
  }

  @Test
  void aTableIsCutWhereItSaysSoAndADifferenceNever() throws Exception {
    String grants = TableFolder.fifteen("/accounts/a%d/**");
    files.write("before", grants);
    files.write("config", grants.replaceAll(".*u14.*\\R", ""));
    Run table = files.table();
    assertThat(table.exit()).isZero();
    assertThat(table.out().lines().findFirst().orElseThrow())
        .contains("subject u9")
        .doesNotContain("u10");
    String cut = "callers that the policy speaks of and that are left out: 4";
    assertThat(table.out()).contains(cut);
    assertThat(files.table("--format", "markdown").out()).contains(cut);
    assertThat(files.table("--format", "html").out()).contains(cut);
    assertThat(files.table("--format", "json").out())
        .contains("subject u13", "\"callersLeftOut\" : 0");
    Run diff = files.table("--diff", files.path("before"));
    assertThat(diff.exit()).isEqualTo(1);
    assertThat(diff.out())
        .contains("GET /accounts/a14/documents/{document}, subject u14: forward -> 404");
  }

  @Test
  void manyToWhomTheSameIsGrantedShareAColumn() throws Exception {
    String grants = TableFolder.fifteen("/**");
    files.write("before", grants);
    files.write("config", grants.replaceAll("(u14.*)d:read", "$1'd:*'"));
    Run table = files.table();
    assertThat(table.out().lines().findFirst().orElseThrow())
        .endsWith("any token  subject u0 + 13 more  subject u14");
    assertThat(table.out())
        .contains("+ N more: others who are answered the same")
        .doesNotContain("left out");
    assertThat(files.table("--format", "json").out())
        .contains("subject u13", "\"callersLeftOut\" : 0");
    String before = files.path("before");
    assertThat(files.table("--diff", before).out())
        .contains("PUT /accounts/{account}/documents/{document}, subject u14: 403 / 404 -> forward")
        .doesNotContain("more");
    files.write("config", grants.replace("permissions: d:read", "permissions: d:write"));
    assertThat(files.table("--diff", before).out())
        .contains("subject u0 + 14 more: forward -> 403 / 404", "30 of 85 cells change");
    assertThat(files.table("--diff", before, "--format", "json").out())
        .contains("\"subject u13\"", "\"more\" : 14");
  }
}

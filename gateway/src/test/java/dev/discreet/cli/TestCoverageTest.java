package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a policy its tests exercise. */
class TestCoverageTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new TestFolder(folder);
  }

  @Test
  void whatNoTestExercisedIsListed() throws Exception {
    Run run =
        files.test(
            TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n",
            "--coverage");
    assertThat(run.out())
        .contains(
            "never exercised, routes:",
            "  gateway.yaml:4: /accounts/{account}/documents/{document}",
            "  gateway.yaml:4: DELETE /accounts/{account}/documents/{document}",
            "  gateway.yaml:11: to subject carol, on /accounts/a1/documents/7",
            "  7: not permitted, may not know");
  }

  @Test
  void whatIsListedIsToldApartByItsHost() throws Exception {
    Files.writeString(
        folder.resolve("config/tenants.yaml"),
        """
        routes:
          - {host: "*.example.com", path: /terms, upstream: api, methods: {GET: public}}
        """);
    Run run =
        files.test(
            TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n",
            "--coverage");
    assertThat(run.out())
        .contains(
            "  tenants.yaml:2: //*.example.com/terms",
            "  tenants.yaml:2: GET //*.example.com/terms");
  }

  @Test
  void aCoverageThatIsRequiredAndNotReachedFails() throws Exception {
    String tests = TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n";
    assertThat(files.test(tests, "--require", "routes=50").exit()).isZero();
    Run run = files.test(tests, "--require", "routes=50", "--require", "methods=34");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("33 % of the methods are exercised, 34 % are required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"routes=101", "routes=-1", "routes=x", "roots=1", "routes"})
  void noOtherPartOfAllCanBeRequired(String required) throws Exception {
    Run run =
        files.test(
            TestFolder.CALLERS + "  - {as: anonymous, do: GET /terms, expect: forward}\n",
            "--require",
            required);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--require");
  }
}

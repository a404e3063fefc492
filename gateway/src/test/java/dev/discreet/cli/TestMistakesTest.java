package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policy tests that can't be read. */
class TestMistakesTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestFolder files;

  @BeforeEach
  void configuration() throws Exception {
    files = new TestFolder(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "as: alicia, do: GET /, expect: 404|5:10: error: tests[0].as: \"alicia\": is not defined"
            + " under callers; did you mean \"alice\"?",
        "as: alice, do: GET /, expects: 404|tests[0].expects: \"expects\": is not a key that is"
            + " known here; did you mean \"expect\"?",
        "as: alice, do: GET, expect: 404|must be a method, one space and a path",
        "as: alice, do: GET /, expect: 4o4|is neither forward nor a status such as 404",
        "as: alice, do: GET /, expect: {row: 14}|is none of the rows 0, 1, 1b, 2",
        "as: alice, do: GET /, expect: {}|is empty; expect an answer, a row, or both",
        "as: alice, do: GET /, exists: maybe, expect: 404|is none of no, unknown, yes",
        "do: GET /, expect: 404|says of whom?",
        "as: alice, do: GET /, source: localhost, expect: 404|\"localhost\": is not an IP address",
        "as: alice, do: GET /, now: today, expect: 404|\"today\": is not a time such as 2027",
        "do: GET /, expect: {bob: 404}|\"bob\": is not defined under callers"
      })
  void mistakesInTestsAreToldLikeThoseInTheConfiguration(String test, String message)
      throws Exception {
    Run run = files.test(TestFolder.CALLERS + "  - {" + test + "}\n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("tests/documents.yaml:5:", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{claims: {scope: x}}|2:3: error: callers.eve: its claims need a sub",
        "{claims: {sub: eve}, token: t}|needs exactly one of the keys claims and token",
        "{claims: {sub: eve}, issuer: mian}|is not an issuer of the configuration; did you mean"
            + " \"main\"?",
        "{claims: {sub: eve, iss: 'https://else.example'}}|is not that of any issuer; the configuration has main ("
      })
  void mistakesInCallersAreToldToo(String caller, String message) throws Exception {
    Run run =
        files.test(
            "callers:\n  eve: %s\ntests:\n  - {as: eve, do: GET /terms, expect: forward}\n"
                .formatted(caller));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} prints where, for people and for programs. */
class CheckCommandTest {
  private static final String CLEAN =
      """
      listen: 127.0.0.1:8080
      upstreams: {api: {url: "http://127.0.0.1:1"}}
      routes:
        - {path: /a, upstream: api, methods: {GET: public}}
      """;

  @TempDir private Path temp;

  private Path folder(String name, String gateway) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("gateway.yaml"), gateway);
    return folder;
  }

  private static Run check(Path folder, String format) {
    return Run.of("check", "--config", folder.toString(), "--format", format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "github", "TEXT"})
  void whatIsWellIsSaidInALine(String format) throws IOException {
    Path folder = folder("well", CLEAN);
    Run run = check(folder, format);
    assertThat(run).isEqualTo(new Run(0, folder + ": no errors, 0 warnings" + end(), ""));
  }

  @Test
  void theDemosConfigurationIsClean() {
    Path demo = Path.of("..", "config");
    assertThat(check(demo, "text").out()).isEqualTo(demo + ": no errors, 0 warnings" + end());
  }

  @Test
  void textForPeople() throws IOException {
    Path folder = folder("doubtful", "mode: observe\n" + CLEAN);
    Run run = check(folder, "text");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).startsWith("gateway.yaml:1:7: warning: mode: \"observe\": lets pass");
    assertThat(run.out()).isEqualTo(folder + ": no errors, 1 warning" + end());
  }

  @Test
  void jsonIsOneDocument() throws Exception {
    Path folder = folder("broken", "lisen: 1\nrealm: ''\n" + CLEAN);
    Run run = check(folder, "json");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("discreet: " + folder + ": 2 errors, 0 warnings" + end());
    Map<String, Object> document = JSONObjectUtils.parse(run.out());
    assertThat(document)
        .containsEntry("folder", folder.toString())
        .containsEntry("errors", 2L)
        .containsEntry("warnings", 0L);
    assertThat((List<?>) document.get("problems"))
        .first()
        .isEqualTo(
            Map.of(
                "severity", "error",
                "file", "gateway.yaml",
                "line", 1L,
                "column", 1L,
                "key", "lisen",
                "text", "lisen",
                "message", "is not a key that is known here",
                "suggestion", "listen"));
  }

  @Test
  void jsonOfWhatIsWell() throws Exception {
    Path folder = folder("well", CLEAN);
    Run run = check(folder, "json");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(JSONObjectUtils.parse(run.out()))
        .isEqualTo(
            Map.of(
                "folder", folder.toString(), "errors", 0L, "warnings", 0L, "problems", List.of()));
  }

  @Test
  void aWholeFileHasNoLine() throws Exception {
    Path missing = temp.resolve("missing");
    List<?> problems =
        (List<?>) JSONObjectUtils.parse(check(missing, "json").out()).get("problems");
    assertThat(problems)
        .singleElement()
        .isEqualTo(
            Map.of(
                "severity", "error",
                "file", missing.toString(),
                "message", "there is no such folder"));
    assertThat(check(missing, "github").out())
        .isEqualTo("::error file=" + missing + "::there is no such folder" + end());
  }

  @Test
  void annotationsNameTheFileAsTheRepositoryDoes() throws IOException {
    Path folder = folder("conf,ig:%", "mode: observe\n" + CLEAN);
    assertThat(check(folder, "github").out())
        .startsWith(
            "::warning file="
                + temp
                + "/conf%2Cig%3A%25/gateway.yaml,line=1,col=7::mode: \"observe\": lets pass");
  }

  @Test
  void whatAFileSaysEndsNoAnnotation() throws IOException {
    Path folder = folder("hostile", "\"a%0A\\n::error::b\\r\": 1\n" + CLEAN);
    List<String> lines = check(folder, "github").out().lines().toList();
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("line=1,col=1::", "a%250A\\u000a::error::b\\u000d")
        .startsWith("::error file=");
  }

  @Test
  void anUnknownFormatIsWrongUsage() throws IOException {
    Run run = check(folder("well", CLEAN), "xml");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--format");
  }

  private static String end() {
    return System.lineSeparator();
  }
}

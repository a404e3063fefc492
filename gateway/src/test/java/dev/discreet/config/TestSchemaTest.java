package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema says of policy tests that can be read, and of those that can't. */
class TestSchemaTest {
  private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\\n(callers:.*?)^```");

  @ParameterizedTest
  @MethodSource("files")
  void findsNothingWrongInATestOfTheRepository(Path file) throws IOException {
    assertThat(SchemaValidator.errorsOfTests(Files.readString(file))).isEmpty();
  }

  static Stream<Path> files() {
    Path decisions = Path.of("src/test/resources/decisions");
    return Stream.of(
        Path.of("../tests/documents.yaml"),
        decisions.resolve("documents/tests/documents.yaml"),
        decisions.resolve("precedence/tests/precedence.yaml"));
  }

  @Test
  void findsNothingWrongInTheExampleOfTheDocumentation() throws IOException {
    List<String> examples =
        YAML_BLOCK
            .matcher(Files.readString(Path.of("../docs/policy-testing.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(examples).hasSize(1);
    assertThat(SchemaValidator.errorsOfTests(examples.getFirst())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "callers: {}",
        "tests: {}",
        "tests: [{as: a, do: GET /, expcet: 404}]",
        "tests: [{as: a, do: GET, expect: 404}]",
        "tests: [{as: a, expect: 404}]",
        "tests: [{as: a, do: GET /, expect: 4o4}]",
        "tests: [{as: a, do: GET /, expect: 604}]",
        "tests: [{as: a, do: GET /, exists: maybe, expect: 404}]",
        "tests: [{as: a, do: GET /, now: today, expect: 404}]",
        "{callers: {a: {claims: {sub: a}, token: t}}, tests: []}",
        "{callers: {a: {}}, tests: []}"
      })
  void findsWhatIsWrong(String yaml) {
    assertThat(SchemaValidator.errorsOfTests(yaml)).isNotEmpty();
  }
}

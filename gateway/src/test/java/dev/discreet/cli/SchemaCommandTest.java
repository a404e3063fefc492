package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema that editors are pointed at is the one that the command prints. */
class SchemaCommandTest {
  @ParameterizedTest
  @CsvSource({"schema, discreet.schema.json", "schema --tests, discreet-tests.schema.json"})
  void printsWhatTheRepositoryHolds(String command, String file) throws Exception {
    Run run = Run.of(command.split(" ", -1));
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .as("./discreet %s > docs/%s", command, file)
        .isEqualTo(Files.readString(Path.of("..", "docs", file)));
  }
}

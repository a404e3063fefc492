package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The schema that editors are pointed at is the one that the command prints. */
class SchemaCommandTest {
  @Test
  void printsWhatTheRepositoryHolds() throws Exception {
    StringWriter out = new StringWriter();
    CommandLine commands = Main.commandLine().setOut(new PrintWriter(out, true));

    assertThat(commands.execute("schema")).isZero();
    assertThat(out.toString())
        .as("./discreet schema > docs/discreet.schema.json")
        .isEqualTo(Files.readString(Path.of("..", "docs", "discreet.schema.json")));
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** SPEC §5: exit 2 for wrong usage or a bad configuration; errors on stderr, in plain words. */
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xyzzy",
        "run --port 1",
        "check --config",
        "token bob",
        "--x",
        "explain GET",
        "test --require rows",
        "test --require cats=1",
        "explain --token t --claims {} GET /",
        "audit --url http://127.0.0.1",
        "audit --url cats --token t --hidden /a --missing /b"
      })
  void wrongUsageIsSaidOnStderrAndExitsWithTwo(String arguments) {
    assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("Usage: discreet").doesNotContain("\tat ", "Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run ",
        "check ",
        "explain ",
        "test ",
        "table ",
        "audit ",
        "demo ",
        "import ",
        "import openapi ",
        "schema ",
        "token "
      })
  void everyCommandHasHelp(String command) {
    assertThat(execute((command + "--help").split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: discreet " + command.strip());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void version() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("discreet ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "test", "table"})
  void aConfigurationThatIsNotThereIsABadOne(String command, @TempDir Path folder) {
    Path missing = folder.resolve("missing");
    assertThat(execute(command, "--config", missing.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains(missing.toString())
        .endsWith("discreet: " + missing + ": 1 error, 0 warnings" + System.lineSeparator())
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void anArgumentThatTheLocaleCouldNotHoldIsNotDecidedUpon() {
    assertThat(execute("explain", "--claims", "{\"sub\":\"j\uFFFD\uFFFDrg\"}", "GET", "/"))
        .isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith("discreet: an argument is no text in the encoding of the locale, ")
        .contains("set LC_ALL=C.UTF-8");
  }

  @Test
  void outputThatCanNotBeWrittenIsNoResult() {
    PrintStream full =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("no space left");
              }
            },
            true,
            StandardCharsets.UTF_8);
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(full, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(err, true));
    assertThat(Main.execute(commands, full, "schema")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("discreet: the output can't be written" + System.lineSeparator());
  }

  private int execute(String... arguments) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return Main.execute(
        commands,
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        arguments);
  }
}

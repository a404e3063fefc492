package dev.discreet.cli;

import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong with a configuration, or doubtful; starts nothing. */
@Command(
    name = "check",
    description = {
      "Says what is wrong with a configuration, or doubtful. Nothing is started.",
      "Exits with 2 if there are errors, and with 0 if there are warnings alone."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, or github (annotations of a workflow); default: text.")
  private Format format = Format.TEXT;

  /** For whom problems are written. */
  enum Format {
    TEXT,
    JSON,
    GITHUB
  }

  @Override
  public Integer call() throws CommandFailed {
    return switch (config.load()) {
      case LoadResult.Loaded(var _, List<Problem> warnings) -> {
        print(warnings);
        if (format != Format.JSON) {
          out().printf("%s: no errors, %s%n", config.path(), counted(warnings.size(), "warning"));
        }
        yield 0;
      }
      case LoadResult.Broken(List<Problem> problems) -> {
        print(problems);
        throw failed(config, problems);
      }
    };
  }

  private void print(List<Problem> problems) {
    switch (format) {
      case TEXT -> problems.forEach(spec.commandLine().getErr()::println);
      case JSON -> out().print(ProblemFormat.json(config.path(), problems));
      case GITHUB -> problems.forEach(p -> out().println(ProblemFormat.github(config.path(), p)));
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints {@code problems}; {@return what ends the command} */
  static CommandFailed broken(CommandSpec spec, ConfigFolder config, List<Problem> problems) {
    problems.forEach(spec.commandLine().getErr()::println);
    return failed(config, problems);
  }

  private static CommandFailed failed(ConfigFolder config, List<Problem> problems) {
    long errors = ProblemFormat.count(problems, Problem.Severity.ERROR);
    return new CommandFailed(
        CommandFailed.WRONG_USE,
        "%s: %s, %s"
            .formatted(
                config.path(),
                counted(errors, "error"),
                counted(problems.size() - errors, "warning")));
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}

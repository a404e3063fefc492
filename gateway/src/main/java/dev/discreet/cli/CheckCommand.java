package dev.discreet.cli;

import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is wrong with a configuration, or doubtful; starts nothing. */
@Command(
    name = "check",
    description = "Says what is wrong with a configuration, or doubtful. Nothing is started.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();

  @Override
  public Integer call() throws CommandFailed {
    return switch (config.load()) {
      case LoadResult.Loaded(var _, List<Problem> warnings) -> {
        warnings.forEach(spec.commandLine().getErr()::println);
        spec.commandLine()
            .getOut()
            .printf("%s: no errors, %s%n", config.path(), counted(warnings.size(), "warning"));
        yield 0;
      }
      case LoadResult.Broken(List<Problem> problems) -> throw broken(spec, config, problems);
    };
  }

  /** Prints {@code problems}; {@return what ends the command} */
  static CommandFailed broken(CommandSpec spec, ConfigFolder config, List<Problem> problems) {
    problems.forEach(spec.commandLine().getErr()::println);
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
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

package dev.discreet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program: chooses the command. */
@Command(
    name = "discreet",
    description = "A gateway that tells each caller only what that caller may know.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      TestCommand.class,
      TableCommand.class,
      ImportCommand.class,
      SchemaCommand.class,
      TokenCommand.class
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs a command, and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        // @FILE is the commands' own: it holds a token or claims, not arguments.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  /** Without a command there is nothing to do. */
  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing required command");
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof CommandFailed known) {
      command.getErr().println("discreet: " + known.getMessage());
      return known.exitCode();
    }
    command.getErr().println("discreet: failed unexpectedly: " + failure);
    return CommandFailed.FAILURE;
  }
}

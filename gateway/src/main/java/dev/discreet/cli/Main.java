package dev.discreet.cli;

import java.io.PrintStream;
import java.util.Arrays;
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
      AuditCommand.class,
      ImportCommand.class,
      SchemaCommand.class,
      TokenCommand.class
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** What Java reads in place of octets that mean nothing in the encoding of the locale. */
  private static final String UNREADABLE = "\uFFFD";

  /** Runs a command, and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(execute(commandLine(), System.out, arguments));
  }

  /**
   * Runs a command.
   *
   * @param stdout where the command's output ends up; it keeps failures to itself until it is asked
   * @return the exit code
   */
  static int execute(CommandLine commands, PrintStream stdout, String... arguments) {
    if (Arrays.stream(arguments).anyMatch(argument -> argument.contains(UNREADABLE))) {
      // Claims that came through garbled would be decided upon as if somebody had meant them.
      commands
          .getErr()
          .printf(
              "discreet: an argument is no text in the encoding of the locale, %s; for UTF-8, set"
                  + " LC_ALL=C.UTF-8%n",
              System.getProperty("sun.jnu.encoding"));
      return CommandFailed.WRONG_USE;
    }
    int exit = commands.execute(arguments);
    commands.getOut().flush();
    if (stdout.checkError()) {
      commands.getErr().println("discreet: the output can't be written");
      // 1 would say that tests failed, or that an audit found a leak.
      return exit == 0 ? CommandFailed.WRONG_USE : exit;
    }
    return exit;
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

package dev.discreet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a configuration of something else. */
@Command(
    name = "import",
    description = "Makes routes of an API's description.",
    synopsisSubcommandLabel = "FORMAT",
    subcommands = ImportOpenApiCommand.class)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a format there is nothing to do. */
  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing required format: openapi");
  }
}

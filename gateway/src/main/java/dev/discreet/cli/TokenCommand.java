package dev.discreet.cli;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A token to try the demo with. */
@Command(name = "token", description = "Prints a token of the running demo's identity server.")
final class TokenCommand implements Callable<Integer> {
  private static final URI ENDPOINT = URI.create("http://127.0.0.1:9400/token");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Whose token; default: ${DEFAULT-VALUE}. An unknown name lists those known.")
  private String name = "alice";

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    spec.commandLine().getOut().println(new DemoTokens(ENDPOINT).of(name));
    return 0;
  }
}

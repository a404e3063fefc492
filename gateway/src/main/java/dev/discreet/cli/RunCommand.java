package dev.discreet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The gateway, until a signal ends it. */
@Command(name = "run", description = "Runs the gateway until SIGTERM or SIGINT.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    Foreground.run(spec, config, System.out, loaded -> {});
    return 0;
  }
}

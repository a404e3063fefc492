package dev.discreet.cli;

import dev.discreet.config.GatewayConfig;
import dev.discreet.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The gateway before an API and an identity server of its own, and requests to try. */
@Command(
    name = "demo",
    description =
        "Runs the gateway with an embedded API and identity server, and shows requests to try.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    try (Demo demo = Demo.start(line -> print("  " + line))) {
      Foreground.run(spec, config, loaded -> show(demo, loaded));
      return 0;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void show(Demo demo, GatewayConfig loaded) throws CommandFailed, InterruptedException {
    try {
      print(demo.screen(loaded.listen().getFirst().socket()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  private static CommandFailed failed(IOException cause) {
    return new CommandFailed(
        CommandFailed.FAILURE, "the demo can't start: " + cause.getMessage(), cause);
  }
}

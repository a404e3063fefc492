package dev.discreet.cli;

import dev.discreet.config.GatewayConfig;
import dev.discreet.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
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
    Curtain curtain = new Curtain(System.out);
    PrintStream log = new PrintStream(curtain, true, System.out.charset());
    try (Demo demo = Demo.start(line -> log.println("  " + line))) {
      Foreground.run(
          spec,
          config,
          log,
          loaded -> {
            show(demo, loaded);
            curtain.open();
          });
      return 0;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void show(Demo demo, GatewayConfig loaded) throws CommandFailed, InterruptedException {
    try {
      PrintWriter out = spec.commandLine().getOut();
      out.println(demo.screen(loaded.listen().getFirst().socket()));
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static CommandFailed failed(IOException cause) {
    return new CommandFailed(
        CommandFailed.WRONG_USE, "the demo can't start: " + cause.getMessage(), cause);
  }
}

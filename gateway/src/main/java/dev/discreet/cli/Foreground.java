package dev.discreet.cli;

import dev.discreet.config.ConfigWatcher;
import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import dev.discreet.telemetry.GatewayLog;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the gateway in this process until a signal ends it. */
final class Foreground {
  private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

  /** What is done once the gateway listens. */
  interface Started {
    void with(GatewayConfig config) throws CommandFailed, InterruptedException;
  }

  private Foreground() {}

  /**
   * Runs the gateway.
   *
   * @param spec of the command that asks for it
   * @param config what to run
   * @param requestLog where requests are logged
   * @param started called once the gateway listens
   * @throws CommandFailed if the configuration has errors or an address can't be bound
   */
  static void run(CommandSpec spec, ConfigFolder config, PrintStream requestLog, Started started)
      throws CommandFailed, InterruptedException {
    ConfigWatcher watcher = config.watcher();
    switch (watcher.load()) {
      case LoadResult.Loaded(GatewayConfig loaded, List<Problem> warnings) ->
          run(watcher, loaded, warnings, requestLog, started);
      case LoadResult.Broken(List<Problem> problems) ->
          throw CheckCommand.broken(spec, config, problems);
    }
  }

  private static void run(
      ConfigWatcher watcher,
      GatewayConfig loaded,
      List<Problem> warnings,
      PrintStream requestLog,
      Started started)
      throws CommandFailed, InterruptedException {
    StopSignal stop = StopSignal.listen();
    try (GatewayLog messages = GatewayLog.configure(loaded.log())) {
      warnings.forEach(warning -> LOG.warn("{}", warning));
      RunningGateway gateway = RunningGateway.start(loaded, requestLog, messages, watcher);
      started.with(loaded);
      LOG.info(
          "{}: stopping once what runs has ended; a second signal stops at once", stop.await());
      gateway.shutdown();
      LOG.info("Stopped");
    }
  }
}

package dev.discreet.cli;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.ConfigWatcher;
import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import dev.discreet.identity.KeyFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option that names the folder of the configuration. */
final class ConfigFolder {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "The folder of the configuration; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("config");

  static ConfigFolder of(Path folder) {
    ConfigFolder config = new ConfigFolder();
    config.folder = folder;
    return config;
  }

  LoadResult load() {
    return ConfigLoader.load(folder, System.getenv(), KeyFiles::isKeySet);
  }

  ConfigWatcher watcher() {
    return new ConfigWatcher(folder, System.getenv(), KeyFiles::isKeySet);
  }

  /**
   * {@return the configuration} Its warnings are left to {@code check}.
   *
   * @throws CommandFailed if it has errors, which are printed
   */
  GatewayConfig required(CommandSpec spec) throws CommandFailed {
    return switch (load()) {
      case LoadResult.Loaded(GatewayConfig config, var _) -> config;
      case LoadResult.Broken(List<Problem> problems) ->
          throw CheckCommand.broken(spec, this, problems);
    };
  }

  Path path() {
    return folder;
  }
}

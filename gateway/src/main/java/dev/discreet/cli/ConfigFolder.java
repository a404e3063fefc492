package dev.discreet.cli;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.LoadResult;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the folder of the configuration. */
final class ConfigFolder {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "The folder of the configuration; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("config");

  LoadResult load() {
    return ConfigLoader.load(folder, System.getenv());
  }

  Path path() {
    return folder;
  }
}

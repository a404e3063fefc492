package dev.discreet.testing;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.ConfigWatcher;
import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.identity.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A configuration folder in the file system's temporary place, filled from text. */
public final class ConfigFiles implements AutoCloseable {
  private final Path folder;

  /** Makes an empty one. */
  public ConfigFiles() throws IOException {
    folder = Files.createTempDirectory("discreet-test");
  }

  /** Writes files by name; {@return where they are} */
  public Path write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return folder;
  }

  /** {@return what the gateway reads there} */
  public GatewayConfig load() {
    return loaded(ConfigLoader.load(folder, Map.of(), KeyFiles::isKeySet));
  }

  /** {@return what notices changes of it} */
  public ConfigWatcher watcher() {
    return new ConfigWatcher(folder, Map.of(), KeyFiles::isKeySet);
  }

  /** {@return the folder} */
  public Path folder() {
    return folder;
  }

  /** {@return the configuration that was read without an error} */
  public static GatewayConfig loaded(LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded loaded -> loaded.config();
      case LoadResult.Broken broken -> throw new AssertionError(broken.problems().toString());
    };
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

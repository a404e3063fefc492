package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder that a test fills and loads. */
final class ConfigFolder {
  static final String GATEWAY =
      """
      issuers:
        main: {issuer: "https://id.example.com", audiences: [api], jwks: "https://id.example.com/k"}
      upstreams:
        docs: {url: "http://docs:8080"}
      """;

  private final Path folder;

  ConfigFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  ConfigFolder write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LoadResult load(Map<String, String> environment) {
    return ConfigLoader.load(folder, environment);
  }

  GatewayConfig loaded(Map<String, String> environment) {
    LoadResult result = load(environment);
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return ((LoadResult.Loaded) result).config();
  }

  List<Problem> problems() {
    return switch (load(Map.of())) {
      case LoadResult.Loaded(_, List<Problem> warnings) -> warnings;
      case LoadResult.Broken(List<Problem> problems) -> problems;
    };
  }
}

package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.identity.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder that a test fills and loads. */
final class ConfigFolder {
  static final String GATEWAY =
      """
      issuers:
        main: {issuer: "https://id.example.com", audiences: [api], jwks: "https://id.example.com/k"}
      upstreams:
        docs: {url: "http://localhost:8080"}
      """;

  private final Path folder;
  private final Map<String, String> written = new LinkedHashMap<>();

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
      written.put(name, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LoadResult load(Map<String, String> environment) {
    return ConfigLoader.load(folder, environment, KeyFiles::isKeySet);
  }

  /** Loads what must be right, by the parser and by the schema. */
  GatewayConfig loaded(Map<String, String> environment) {
    LoadResult result = load(environment);
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    written.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".yaml") && !file.getKey().startsWith("."))
        .forEach(
            file ->
                assertThat(SchemaValidator.errors(file.getValue())).as(file.getKey()).isEmpty());
    return ((LoadResult.Loaded) result).config();
  }

  List<Problem> problems() {
    return switch (load(Map.of())) {
      case LoadResult.Loaded(_, List<Problem> warnings) -> warnings;
      case LoadResult.Broken(List<Problem> problems) -> problems;
    };
  }

  /** {@return what is wrong with it, a line each, as people are told} */
  List<String> lines() {
    return problems().stream().map(Problem::toString).toList();
  }

  void routes(String items) {
    write("routes.yaml", "routes:\n  " + items);
  }

  void grants(String items) {
    write("grants.yaml", "grants:\n  " + items);
  }
}

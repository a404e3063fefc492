package dev.discreet.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import dev.discreet.identity.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document with all that can be met, and the routes that it makes. */
class RoutesYamlTest {
  @TempDir private Path folder;

  @Test
  void makesTheseRoutes() throws Exception {
    OpenApi document = OpenApi.read(resource("library.yaml"));

    assertThat(RoutesYaml.of(document, RouteDrafts.of(document, new LeaveOut()), "library"))
        .isEqualTo(Files.readString(resource("library-routes.yaml")));
  }

  @Test
  void theyLoadWithWhatIsWrittenBesideThem() throws Exception {
    OpenApi document = OpenApi.read(resource("library.yaml"));
    String name = Skeleton.name(document);
    Files.writeString(folder.resolve("gateway.yaml"), Skeleton.gateway(document, name));
    Files.writeString(folder.resolve("grants.yaml"), Skeleton.GRANTS);
    Files.writeString(
        folder.resolve("routes.yaml"),
        RoutesYaml.of(document, RouteDrafts.of(document, new LeaveOut()), name));

    LoadResult result = ConfigLoader.load(folder, Map.of(), KeyFiles::isKeySet);

    assertThat(name).isEqualTo("city-library");
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    assertThat(((LoadResult.Loaded) result).warnings()).extracting(Problem::message).isEmpty();
  }

  @Test
  void jsonMakesTheSameAsYaml() throws Exception {
    Path json = folder.resolve("a.json");
    Path yaml = folder.resolve("a.yaml");
    Files.writeString(
        json,
        """
        {"openapi": "3.0.3", "info": {"title": "A"}, "paths": {"/a/{b}": {
          "parameters": [],
          "get": {"security": [{"o": ["a:read"]}], "responses": {}}}}}
        """);
    Files.writeString(
        yaml,
        """
        openapi: 3.0.3
        info: {title: A}
        paths:
          /a/{b}:
            get: {security: [{o: ["a:read"]}], responses: {}}
        """);

    assertThat(routes(json)).isEqualTo(routes(yaml)).contains("      GET: a:read\n");
  }

  @Test
  void nothingIsPublicUnlessTheDocumentSaysSo() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("silent.yaml"), "openapi: 3.0.0\npaths:\n  /a/{b}/rename: {post: {}}\n");

    assertThat(routes(file))
        .contains(
            "      POST: rename:write # derived: the document says nothing of security here\n");
  }

  @Test
  void theNearestServersCount() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("servers.yaml"),
            """
            openapi: 3.0.0
            servers: [{url: "https://a.example.com/"}, {url: "https://b.example.com/b/"}]
            paths:
              /x: {get: {security: []}}
              /y: {servers: [{url: y/}], get: {security: []}}
              /z: {servers: [{url: /y}], get: {security: [], servers: [{url: "//h/z?q"}]}}
            """);

    assertThat(routes(file)).contains("  - path: /x\n", "  - path: /y/y\n", "  - path: /z/z\n");
    assertThat(
            RoutesYaml.of(
                OpenApi.read(file), RouteDrafts.of(OpenApi.read(file), new LeaveOut()), "a"))
        .contains("# The document's servers have different paths");
  }

  private static List<String> routes(Path file) throws Exception {
    OpenApi document = OpenApi.read(file);
    return RoutesYaml.of(document, RouteDrafts.of(document, new LeaveOut()), "a")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line + "\n")
        .toList();
  }

  static Path resource(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(RoutesYamlTest.class.getResource("/openapi/" + name)).toURI());
  }
}

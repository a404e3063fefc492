package dev.discreet.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.LoadResult;
import dev.discreet.identity.KeyFiles;
import dev.discreet.policy.RouteTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where document and routes disagree, by what the routes would decide. */
class DriftTest {
  private static final String GATEWAY =
      """
      issuers:
        main: {issuer: "https://id", audiences: [a], jwks: "https://id.example.com/k"}
      upstreams: {api: {url: "http://api"}, other: {url: "http://other"}}
      """;

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void document() throws Exception {
    file =
        Files.writeString(
            folder.resolve("api.json"),
            """
            {"openapi": "3.1.0", "servers": [{"url": "/v1"}], "paths": {
            "/a": {"get": {}, "post": {}},
            "/a/{id}": {"get": {}, "head": {}},
            "/a/{id}.json": {"get": {}},
            "/files/{x}/{y}": {"get": {}, "trace": {}},
            "/a%20b": {"get": {}},
            "/b": {"get": {}}
            }}
            """);
  }

  @Test
  void agrees() throws Exception {
    assertThat(
            drift(
                """
                - {path: /v1/a, upstream: api, methods: {GET: a, POST: a}}
                - {path: '/v1/a/{any}', upstream: api, methods: {GET: a}}
                - {path: /v1/files/**, upstream: api, methods: {GET: a}}
                - {path: /v1/a b, upstream: api, methods: {GET: a}}
                - {path: /v1/b, host: b.example.com, upstream: api, methods: {GET: a}}
                """,
                null))
        .isEmpty();
  }

  @Test
  void namesBothSidesWithTheirPlaces() throws Exception {
    String routes =
        """
        - {path: /v1/a, upstream: api, methods: {GET: a, PUT: a}}
        - {path: '/v1/a/{id}', upstream: api, methods: {GET: a}}
        - {path: /v1/files/**, upstream: api, methods: {GET: a}}
        - {path: /health, upstream: other, methods: {GET: public}}
        """;

    assertThat(drift(routes, null))
        .containsExactly(
            file + ":2: POST /v1/a has a route that does not name the method",
            file + ":6: GET /v1/a%20b has no route",
            file + ":7: GET /v1/b has no route",
            "routes.yaml:2: PUT /v1/a has no operation",
            "routes.yaml:5: GET /health has no operation");
    assertThat(drift(routes, "api")).hasSize(4);
  }

  private List<String> drift(String routes, @Nullable String upstream) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("gateway.yaml"), GATEWAY);
    Files.writeString(config.resolve("routes.yaml"), "routes:\n" + routes);
    LoadResult loaded = ConfigLoader.load(config, Map.of(), KeyFiles::isKeySet);
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    RouteTable table = ((LoadResult.Loaded) loaded).config().routes();
    return Drift.of(OpenApi.read(file), table, upstream);
  }
}

package dev.discreet.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.LoadResult;
import dev.discreet.identity.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where document and routes disagree, by what the routes would decide. */
class DriftTest {
  private static final String GATEWAY =
      """
      issuers:
        main: {issuer: "https://id", audiences: [a], jwks: "https://id.example.com/k"}
      upstreams: {api: {url: "http://api"}, other: {url: "http://other"}}
      """;

  private final LeaveOut leaveOut = new LeaveOut();

  @TempDir private Path folder;
  private Path file = Path.of("");
  private String gateway = GATEWAY;

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
            file + ":2:19: POST /v1/a has a route that does not name the method",
            file + ":6:12: GET /v1/a%20b has no route",
            file + ":7:8: GET /v1/b has no route",
            "routes.yaml:2: PUT /v1/a has no operation",
            "routes.yaml:5: GET /health has no operation");
    assertThat(drift(routes, "api")).hasSize(4);
  }

  @Test
  void whatIsLeftOutIsNoDifference() throws Exception {
    Files.writeString(
        file,
        """
        {"openapi": "3.1.0", "servers": [{"url": "/v1"}], "paths": {
        "/a/{id}": {"get": {}, "delete": {}, "trace": {}},
        "/a/{id}:verb": {"post": {}},
        "/b": {"get": {}, "put": {}},
        "/c": {"$ref": "c.json"},
        "/d": {"get": {"$ref": "d.json"}}
        }}
        """);
    leaveOut.addLines(
        "out.txt",
        """
        # not ours
        DELETE  /v1/a/{id} # the back office only
        /v1/b
        POST /v1/a/{id}:verb
        TRACE /v1/a/{id}
        """);
    leaveOut.add("--leave-out", "/v1/c");
    leaveOut.add("--leave-out", "GET /v1/d");
    leaveOut.add("--leave-out", "GET /health");

    assertThat(
            drift(
                """
                - {path: '/v1/a/{id}', upstream: api, methods: {GET: a}}
                - {path: '/health', upstream: api, methods: {GET: public}}
                """,
                null))
        .isEmpty();
  }

  @Test
  void whatIsLeftOutForNothingIsTold() throws Exception {
    leaveOut.addLines(
        "out.txt",
        """
        GET /v1/gone
        get /v1/b
        # decided by the variable beside it
        GET /v1/a/{id}.json
        /v1/a
        """);

    assertThat(
            drift(
                """
                - {path: /v1/a, upstream: api, methods: {GET: a}}
                - {path: '/v1/a/{any}', upstream: api, methods: {GET: a}}
                - {path: /v1/files/**, upstream: api, methods: {GET: a}}
                - {path: /v1/a b, upstream: api, methods: {GET: a}}
                - {path: /v1/b, upstream: api, methods: {GET: a}}
                """,
                null))
        .containsExactly(
            "out.txt:5: GET /v1/a is left out, but the route at routes.yaml:2 decides on it",
            "out.txt:4: GET /v1/a/{id}.json is left out, but the route at routes.yaml:3 decides on"
                + " it",
            "out.txt:1: GET /v1/gone is nothing that differs; remove it",
            "out.txt:2: get /v1/b is nothing that differs; remove it");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/a//c, an empty segment",
    "/v2/../c, a dot segment",
    "/v2/%2e/c, a dot segment",
    "/v2/a;v=1, a semicolon",
    "/v2/a%2Fc, an encoded slash",
    "/v2/a%5Cc, what could be read in two ways",
    "/v2/a%2541, what could be read in two ways",
    "/v2/a%FF, what could be read in two ways"
  })
  void whatIsRefusedUnreadIsServedByNoRoute(String path, String why) throws Exception {
    Files.writeString(
        file, "{\"openapi\": \"3.1.0\", \"paths\": {\"%s\": {\"get\": {}}}}".formatted(path));

    assertThat(drift("- {path: /**, upstream: other, methods: {GET: a}}\n", "api"))
        .containsExactly(
            "%s:1:%d: GET %s has %s in its path, which is answered with 400"
                .formatted(file, 37 + path.length(), path, why));
  }

  @Test
  void whatTheConfigurationLetsPassIsServed() throws Exception {
    Files.writeString(
        file, "{\"openapi\": \"3.1.0\", \"paths\": {\"/a;v=1/b%2Fc\": {\"get\": {}}}}");
    gateway += "paths: {encodedSlash: data, semicolon: data}\n";

    assertThat(drift("- {path: '/{a}/{b}', upstream: api, methods: {GET: a}}\n", null)).isEmpty();
  }

  private List<String> drift(String routes, @Nullable String upstream) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("gateway.yaml"), gateway);
    Files.writeString(config.resolve("routes.yaml"), "routes:\n" + routes);
    LoadResult loaded = ConfigLoader.load(config, Map.of(), KeyFiles::isKeySet);
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    return Drift.of(OpenApi.read(file), ((LoadResult.Loaded) loaded).config(), upstream, leaveOut);
  }
}

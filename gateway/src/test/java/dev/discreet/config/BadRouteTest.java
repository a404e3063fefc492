package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.discreet.config.Problem.Severity;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a route. */
class BadRouteTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @MethodSource({"paths", "keys"})
  void isReportedAtItsPlace(BadInput input) {
    input.checkIn(
        new ConfigFolder(temp).write("gateway.yaml", ConfigFolder.GATEWAY), Severity.ERROR);
  }

  static Stream<BadInput> paths() {
    return Stream.of(
        path("documents", "must begin with /"),
        path("/documents/%41", "write it decoded"),
        path("/documents/%2F", "write it decoded"),
        path("/a//b", "empty segment"),
        path("//host/a", "empty segment"),
        path("/a/../b", "dot segment"),
        path("/a/./b", "dot segment"),
        path("/a?b=c", "query or fragment"),
        path("^/documents/[0-9]+$", "looks like a regular expression"),
        path("/documents/.*", "use {name} for one segment"),
        path("/documents/(a|b)", "looks like a regular expression"),
        path("/documents/\\d+", "looks like a regular expression"),
        path("/documents/*", "use {name} for one segment and ** as the last"),
        path("/documents/*.pdf", "use {name} for one segment"),
        path("/**/documents", "has ** before its end"),
        path("/a/{x}/b/{x}", "names two segments {x}"),
        path("/a/x{id}", "a variable is a whole segment"),
        path("/a/{id}{name}", "a variable is a whole segment"),
        path("/a/{id:int}", "a variable is a whole segment"),
        path("/a/{claims.account}", "belongs into a grant's resources"));
  }

  private static BadInput path(String path, String message) {
    return new BadInput(
        "routes.yaml",
        "routes:\n  - upstream: docs\n    methods: {GET: public}\n    path: '" + path + "'\n",
        "4:11",
        "routes[0].path",
        message);
  }

  static Stream<BadInput> keys() {
    return Stream.of(
        key("upstream: dosc", "15", "upstream", "did you mean \"docs\"?"),
        key("host: 'a.example.com:80'", "11", "host", "is not a host name"),
        key("host: '*'", "11", "host", "is not a host name"),
        key("methods: {}", "14", "methods", "name at least one method"),
        key("methods: [GET]", "14", "methods", "must be a mapping"),
        key("methods: {get: a}", "15", "methods.get", "write GET"),
        key("methods: {TRACE: public}", "15", "methods.TRACE", "can't be routed"),
        key("methods: {CONNECT: public}", "15", "methods.CONNECT", "can't be routed"),
        key("methods: {'G T': public}", "15", "methods.G T", "is not a method"),
        key("methods: {GET: 'a:*'}", "20", "methods.GET", "has a wildcard"),
        key("methods: {GET: 'a b'}", "20", "methods.GET", "is not a permission"),
        key("methods: {GET: token}", "20", "methods.GET", "reserved word"),
        key("methods: {GET: [a, public]}", "24", "methods.GET[1]", "reserved word"),
        key("methods: {GET: []}", "20", "methods.GET", "name at least one"),
        key("methods: {GET: {anyOf: []}}", "28", "methods.GET.anyOf", "name at least one"),
        key("resource: /a/{other}", "15", "resource", "uses {other}, which the path"),
        key("resource: /a/**", "15", "resource", "uses **, which the path"),
        key("collection: yes", "17", "collection", "none of false, true"),
        key("collection: {empty: ''}", "25", "collection.empty", "is empty"),
        key("knownTo: public", "14", "knownTo", "reserved word"),
        key("stripPrefix: /b", "18", "stripPrefix", "must be leading, whole and literal"),
        key("stripPrefix: /a/", "18", "stripPrefix", "must be leading, whole and literal"),
        key("stripPrefix: a", "18", "stripPrefix", "must begin with /"),
        key("when: 'true'", "5", "when", "is not a key that is known here"),
        key("acr: []", "10", "acr", "is empty; name at least one"),
        key("acr: gold", "10", "acr", "must be a list"),
        key("acr: ['a b']", "11", "acr[0]", "is nothing that a challenge can list"),
        key("acr: ['a\"']", "11", "acr[0]", "is nothing that a challenge can list"),
        key("maxAge: 0", "13", "maxAge", "can't be switched off"),
        key("maxAge: 1500ms", "13", "maxAge", "must be whole seconds"),
        key("maxAge: 5", "13", "maxAge", "is not a duration"),
        key("shield: [200]", "14", "shield[0]", "no status that can be replaced"),
        key("limits: {boddy: 1}", "14", "limits.boddy", "did you mean \"body\"?"),
        key("timeouts: {response: soon}", "26", "timeouts.response", "is not a duration"));
  }

  private static BadInput key(String line, String column, String key, String message) {
    StringBuilder route = new StringBuilder("routes:\n  - path: /a/{id}\n    " + line);
    if (!line.startsWith("upstream:")) {
      route.append("\n    upstream: docs");
    }
    if (!line.startsWith("methods:")) {
      route.append("\n    methods: {GET: public}");
    }
    return new BadInput(
        "routes.yaml", route.toString(), "3:" + column, "routes[0]." + key, message);
  }

  @Test
  void routesThatMatchTheSameNameBothPlaces() {
    ConfigFolder folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", ConfigFolder.GATEWAY)
            .write("a.yaml", route("/a/{id}", ""))
            .write("b/b.yaml", route("/a/{name}", ""))
            .write("b/c.yaml", route("/a/{name}", "    host: a.example.com\n"));

    assertThat(folder.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "b/b.yaml:2:11: error: routes[0].path: \"/a/{name}\": matches exactly what /a/{id}"
                + " matches, at a.yaml:2:11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acr: [gold]", "maxAge: 5m"})
  void nothingPublicStandsBesideAStepUp(String key) {
    ConfigFolder folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", ConfigFolder.GATEWAY)
            .write(
                "a.yaml",
                "routes: [{path: /a, upstream: docs, methods: {PUT: authenticated, GET: public}, "
                    + key
                    + "}]");
    assertThat(folder.problems())
        .extracting(Problem::keyPath, Problem::message)
        .containsExactly(
            tuple(
                "routes[0].methods.GET",
                "can't stand beside acr or maxAge, which nobody meets without a token"));
  }

  @Test
  void withoutIssuersEveryRouteIsPublic() {
    ConfigFolder folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", "upstreams: {docs: {url: http://docs}}")
            .write(
                "a.yaml",
                "routes: [{path: /a, upstream: docs, methods: {GET: public, PUT: authenticated}}]");

    assertThat(folder.problems())
        .extracting(Problem::keyPath, Problem::message)
        .containsExactly(
            tuple(
                "routes[0].methods.PUT",
                "can't be met without issuers; define one, or make the route public"));
  }

  private static String route(String path, String more) {
    return "routes:\n  - path: "
        + path
        + "\n    upstream: docs\n    methods: {GET: public}\n"
        + more;
  }
}

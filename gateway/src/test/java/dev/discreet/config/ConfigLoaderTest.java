package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.policy.Grant;
import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import dev.discreet.policy.Shield;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What values become. */
class ConfigLoaderTest {
  @TempDir private Path temp;
  private ConfigFolder folder;

  @BeforeEach
  void gateway() {
    folder = new ConfigFolder(temp).write("gateway.yaml", ConfigFolder.GATEWAY);
  }

  @Test
  void tellsAllProblemsByFileAndLine() {
    folder
        .write("gateway.yaml", "admin: 1\nlisten: 2\n" + ConfigFolder.GATEWAY)
        .write("b.yaml", "routes: [{path: a, upstream: dcs, methods: {get: x}}]")
        .write("a.yaml", "grants:\n  - {to: x, role: y, resources: z}\n  - {}\n");

    assertThat(folder.problems())
        .extracting(p -> p.file() + ":" + p.line() + ":" + p.keyPath())
        .containsExactly(
            "a.yaml:2:grants[0].to",
            "a.yaml:2:grants[0].role",
            "a.yaml:2:grants[0].resources",
            "a.yaml:3:grants[1]",
            "a.yaml:3:grants[1]",
            "a.yaml:3:grants[1]",
            "b.yaml:1:routes[0].path",
            "b.yaml:1:routes[0].upstream",
            "b.yaml:1:routes[0].methods.get",
            "gateway.yaml:1:admin",
            "gateway.yaml:2:listen");
  }

  @Test
  void aRouteObservesAsTheGatewayDoesUnlessItSaysItself() {
    folder.write(
        "routes.yaml",
        """
        routes:
          - {path: /a, upstream: docs, methods: {GET: public}}
          - {path: /b, upstream: docs, methods: {GET: public}, mode: observe}
          - {path: /c, upstream: docs, methods: {GET: public}, mode: enforce}
        """);

    assertThat(observing()).containsExactly(false, true, false);
    folder.write("gateway.yaml", "mode: observe\n" + ConfigFolder.GATEWAY);
    assertThat(observing()).containsExactly(true, true, false);
  }

  private List<Boolean> observing() {
    return folder.loaded(Map.of()).routes().routes().stream().map(Route::observes).toList();
  }

  @Test
  void theEnvironmentStandsInForAnAbsentAdminAddressOnly() {
    Map<String, String> image = Map.of("DISCREET_ADMIN", "0.0.0.0:9191");

    assertThat(folder.loaded(Map.of()).admin().socket()).hasToString("/127.0.0.1:9090");
    assertThat(folder.loaded(image).admin().socket()).hasToString("/0.0.0.0:9191");
    folder.write("gateway.yaml", "admin: 127.0.0.1:9292\n" + ConfigFolder.GATEWAY);
    assertThat(folder.loaded(image).admin().socket()).hasToString("/127.0.0.1:9292");
  }

  @Test
  void aWrongAdminAddressInTheEnvironmentIsAProblem() {
    LoadResult result = folder.load(Map.of("DISCREET_ADMIN", "nonsense"));

    assertThat(result)
        .isInstanceOfSatisfying(
            LoadResult.Broken.class,
            broken ->
                assertThat(broken.problems())
                    .singleElement()
                    .asString()
                    .contains("gateway.yaml", "DISCREET_ADMIN", "is not host:port"));
  }

  @Test
  void whatMayBeDefinedInAFileThatCannotBeReadIsNotCalledUndefined() {
    folder.write("roles.yaml", "roles:\n  viewer: [documents:read\n");
    folder.write("grants.yaml", "grants: [{to: authenticated, role: viewer, resources: /a}]\n");

    assertThat(folder.load(Map.of()))
        .isInstanceOfSatisfying(
            LoadResult.Broken.class,
            broken ->
                assertThat(broken.problems()).singleElement().asString().startsWith("roles.yaml:"));
  }

  @Test
  void scalarsAreTextUntilTheirTypeReadsThem() {
    Grant.To to = grant("to: {group: [NO, 1.0, true]}").to();

    assertThat(to).isEqualTo(new Grant.To.Groups(Set.of("NO", "1.0", "true")));
  }

  /** Not so for an editor, which the schema lets complain: nobody means it as text. */
  @Test
  void soIsNull() {
    folder.write("g.yaml", "grants: [{to: {group: ~}, permissions: token, resources: /a}]");

    assertThat(((LoadResult.Loaded) folder.load(Map.of())).config().grants().all())
        .extracting(Grant::to)
        .containsExactly(new Grant.To.Groups(Set.of("~")));
  }

  @Test
  void valuesOfClaimsHaveTypes() {
    Grant.To.Claimants to =
        (Grant.To.Claimants)
            grant("to: {claim: a, is: [true, 'false', 1.50, '2', NO, 1e2, 007, '${N:-3}']}").to();

    assertThat(to.values())
        .isEqualTo(
            Set.of(
                true,
                "false",
                new BigDecimal("1.5"),
                "2",
                "NO",
                new BigDecimal("1E+2"),
                "007",
                "3"));
  }

  @Test
  void patternsOfResources() {
    Grant grant =
        grant(
            "to: authenticated",
            "[/, /a/, '/a/*/{id}/{claims.x}/**', '//A.example.com./**', '//*.b.c/**',"
                + " '//{claims.t}.b.c/x']");

    assertThat(grant.resources())
        .extracting(p -> p.segments())
        .startsWith(
            List.of(new Part.Literal("")),
            List.of(new Part.Literal("a"), new Part.Literal("")),
            List.of(
                new Part.Literal("a"),
                Part.One.ONE,
                new Part.Named("id"),
                new Part.Claim("x"),
                Part.Below.BELOW));
    assertThat(grant.resources())
        .extracting(p -> p.host())
        .containsExactly(
            null,
            null,
            null,
            new HostPattern.Exact("a.example.com"),
            new HostPattern.AnyBelow(".b.c"),
            new HostPattern.ClaimBelow("t", ".b.c"));
  }

  @Test
  void everyKeyOfARoute() {
    folder.write(
        "a.yaml",
        """
        routes:
          - path: /api/v1/{id}/**
            host: "*.Example.COM"
            upstream: docs
            name: things
            methods: {GET: authenticated, PUT: {anyOf: [a, b]}}
            resource: /api/v1/{id}
            collection: {empty: '{"items":[]}'}
            knownTo: authenticated
            stripPrefix: /api/v1
            requestAccess: {url: "mailto:a@example.com?subject={resource}"}
            limits: {body: 2MiB}
            timeouts: {response: 0}
        """);

    Route route = folder.loaded(Map.of()).routes().routes().getFirst();

    assertThat(route.name()).isEqualTo("things");
    assertThat(route.host()).isEqualTo("*.example.com");
    assertThat(route.path().segments().getLast()).isEqualTo(Segment.Rest.REST);
    assertThat(route.methods())
        .containsEntry("PUT", new Requirement.AnyOf(List.of("a", "b")))
        .containsEntry("GET", Requirement.Authenticated.AUTHENTICATED);
    assertThat(route.emptyList()).isEqualTo("{\"items\":[]}");
    assertThat(route.knownTo()).isEqualTo(KnownTo.AnyAuthenticated.ANY_AUTHENTICATED);
    assertThat(route.forwarding())
        .isEqualTo(
            new Route.Forwarding(
                "docs", 2, 2 << 20, Duration.ZERO, HeaderChanges.NONE, Shield.NONE));
  }

  @Test
  void semicolonsMayBeNamedWherePathsMayHoldThem() {
    folder
        .write("gateway.yaml", ConfigFolder.GATEWAY + "paths: {semicolon: data}\n")
        .write(
            "a.yaml",
            """
            routes: [{path: "/a;v=1", resource: "/a;v=1/x", upstream: docs, methods: {GET: p}}]
            grants: [{to: authenticated, permissions: p, resources: "/a;v=1/**"}]
            """);

    assertThat(folder.loaded(Map.of()).routes().routes()).hasSize(1);
  }

  @Test
  void variablesAreReadValueByValue() {
    folder.write(
        "gateway.yaml",
        """
        upstreams:
          docs:
            url: http://${HOST}:${PORT:-8080}/base/
            probe: {headers: {x-a: "$${HOST} ${EVIL}", x-b: {file: secret}}}
        realm: ${EMPTY:-default}
        """);
    folder.write("secret", "from a file\n");

    GatewayConfig config =
        folder.loaded(Map.of("HOST", "10.0.0.1", "EVIL", "x, y: {z}", "EMPTY", ""));

    UpstreamConfig docs = config.upstreams().get("docs");
    assertThat(docs).isNotNull();
    assertThat(docs.addresses().getFirst().authority()).isEqualTo("10.0.0.1:8080");
    assertThat(docs.basePath()).isEqualTo("/base");
    assertThat(docs.probe().headers())
        .containsExactly(Map.entry("x-a", "${HOST} x, y: {z}"), Map.entry("x-b", "from a file"));
    assertThat(config.realm()).isEqualTo("default");
  }

  @Test
  void aProblemNeverShowsWhatAVariableHolds() {
    folder.write("gateway.yaml", "upstreams: {docs: {url: 'http://${SECRET}'}}");

    LoadResult result = folder.load(Map.of("SECRET", "s3 cret"));

    assertThat(((LoadResult.Broken) result).problems().toString())
        .contains("${SECRET}")
        .doesNotContain("s3 cret");
  }

  @Test
  void anAliasStandsForItsAnchor() {
    folder.write("a.yaml", "roles: {a: &p [x, y], b: *p}\nroutes: []");

    assertThat(folder.problems()).allMatch(p -> p.severity() == Problem.Severity.WARNING);
  }

  private Grant grant(String to) {
    return grant(to, "/a");
  }

  private Grant grant(String to, String resources) {
    folder.write(
        "g.yaml", "grants: [{" + to + ", permissions: token, resources: " + resources + "}]");
    return folder.loaded(Map.of()).grants().all().getFirst();
  }
}

package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is allowed and doubtful. */
class WarningsTest {
  private static final String GATEWAY = "listen: 127.0.0.1:8080\n" + ConfigFolder.GATEWAY;

  @TempDir private Path temp;
  private ConfigFolder folder;

  @BeforeEach
  void gateway() {
    folder = new ConfigFolder(temp).write("gateway.yaml", GATEWAY);
  }

  @Test
  void proofsThatAreNotReadAndTokensThatNoIssuerAllows() {
    routes("- {path: /a, upstream: docs, methods: {GET: authenticated}}");
    folder.write("gateway.yaml", GATEWAY.replace("audiences:", "dpop: optional, audiences:"));
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("dpop: \"optional\": needs dpop in tokenFrom");

    folder.write("gateway.yaml", "tokenFrom: [dpop]\n" + GATEWAY);
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("gateway.yaml:1:12: warning: tokenFrom: ")
        .contains("names dpop, which no issuer allows");
  }

  @Test
  void aPermissionThatNoGrantGivesOrNoRouteAsks() {
    routes("- {path: /a, upstream: docs, methods: {GET: 'a:read'}}");
    grants("- {to: authenticated, permissions: ['a:raed', 'a:*', 'b:*'], resources: /a}");

    assertThat(lines())
        .containsExactly(
            "grants.yaml:2:39: warning: grants[0].permissions[0]: \"a:raed\": is asked by no route",
            "grants.yaml:2:56: warning: grants[0].permissions[2]: \"b:*\": is asked by no route");

    grants("- {to: authenticated, permissions: ['a:list'], resources: /a}");
    assertThat(lines())
        .contains(
            "routes.yaml:2:47: warning: routes[0].methods.GET: \"a:read\": asks for a:read, which no"
                + " grant can give");
  }

  @Test
  void aTokenCanGiveAnything() {
    routes("- {path: /a, upstream: docs, methods: {GET: 'a:read'}}");
    grants("- {to: authenticated, permissions: token, resources: /a}");

    assertThat(lines()).isEmpty();
  }

  @Test
  void aWordThatIsMisspeltIsAPermissionThatNobodyHolds() {
    routes("- {path: /a, upstream: docs, methods: {GET: publc, PUT: publish}, knownTo: nobdy}");
    grants("- {to: authenticated, permissions: token, resources: /a}");
    assertThat(lines())
        .filteredOn(line -> line.contains("did you mean"))
        .containsExactly(
            "routes.yaml:2:47: warning: routes[0].methods.GET: \"publc\": is read as a permission,"
                + " which no grant names; did you mean \"public\"?",
            "routes.yaml:2:78: warning: routes[0].knownTo: \"nobdy\": is read as a permission,"
                + " which no grant names; did you mean \"nobody\"?");

    grants("- {to: authenticated, permissions: ['*'], resources: /a}");
    assertThat(lines()).filteredOn(line -> line.contains("did you mean")).hasSize(2);

    grants("- {to: authenticated, permissions: [publish], resources: /a}");
    assertThat(lines())
        .contains(
            "routes.yaml:2:47: warning: routes[0].methods.GET: \"publc\": asks for publc, which no"
                + " grant can give; did you mean \"public\"?");
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void aConditionThatIsHardlyMeant(String condition, int column, String said) {
    routes("- {path: /a, upstream: docs, methods: {GET: r, PURGE: r}}");
    grants("- {to: authenticated, permissions: r, resources: /a, when: '" + condition + "'}");

    if (said.isEmpty()) {
      assertThat(lines()).isEmpty();
    } else {
      assertThat(lines())
          .containsExactly(
              "grants.yaml:2:%d: warning: grants[0].when: %s".formatted(63 + column, said));
    }
  }

  static Stream<Arguments> conditions() {
    String nothing = "nothing in it depends on the request";
    String part = ": has a part here that is always true: " + nothing;
    String issuer = "is no issuer: caller.issuer is a name under issuers";
    String method = "is no method that is usual or that a route names; methods have a case";
    String host = "is never the host: request.host is in lower case, without port and final dot";
    return Stream.of(
        Arguments.of("true", 0, "\"true\": is always true: " + nothing),
        Arguments.of("1 == 2", 0, "\"1 == 2\": is always false: " + nothing),
        Arguments.of(
            "[1][3] == 1", 0, "\"[1][3] == 1\": always fails, so that it is false: " + nothing),
        Arguments.of("claims.a || 1 < 2", 12, "\"claims.a || 1 < 2\"" + part),
        Arguments.of(
            "!(claims.a && [1].all(x, x > 0))", 14, "\"!(claims.a && [1].all(x, x > 0))\"" + part),
        Arguments.of("true ? claims.a : claims.b", 0, "\"true ? claims.a : claims.b\"" + part),
        Arguments.of(
            "caller.issuer == \"mian\"", 17, "\"mian\": " + issuer + "; did you mean \"main\"?"),
        Arguments.of("caller.issuer in [\"main\", \"x\", \"\"]", 26, "\"x\": " + issuer),
        Arguments.of(
            "\"get\" != request.method", 0, "\"get\": " + method + "; did you mean \"GET\"?"),
        Arguments.of(
            "request.method == \"DELTE\"",
            18,
            "\"DELTE\": " + method + "; did you mean \"DELETE\"?"),
        Arguments.of("request.host == \"A.example\"", 16, "\"A.example\": " + host),
        Arguments.of("request.host == \"a:8080\"", 16, "\"a:8080\": " + host),
        Arguments.of("request.method in [\"PURGE\", \"HEAD\"]", 0, ""),
        Arguments.of("caller.issuer != \"\" && request.host == \"[::1]\"", 0, ""),
        Arguments.of("claims.a.exists(x, true) && now.getHours(\"UTC\") > 8", 0, ""));
  }

  @Test
  void aKnownToThatHidesFromWhoMayCall() {
    routes(
        "- {path: /a, upstream: docs, methods: {GET: r, PUT: w}, knownTo: w}\n  - {path: /b, upstream: docs, methods: {GET: w}}");
    grants(
        "- {to: authenticated, permissions: [r], resources: /a}\n  - {to: {group: g}, permissions: [w], resources: /b}");

    assertThat(lines())
        .containsExactly(
            "routes.yaml:2:68: warning: routes[0].knownTo: \"w\": hides the resource from some who"
                + " may call GET on it");
  }

  @Test
  void aKnownToThatEveryCallerMeets() {
    routes("- {path: /a, upstream: docs, methods: {GET: r, PUT: w}, knownTo: r}");
    grants(
        "- {to: authenticated, permissions: [r], resources: /a}\n  - {to: {group: g}, permissions: ['*'], resources: /**}");

    assertThat(lines()).isEmpty();
  }

  @Test
  void knownToNobodyHidesFromEveryCaller() {
    routes("- {path: '/a/{x}', upstream: docs, methods: {GET: r}, knownTo: nobody}");
    grants("- {to: authenticated, permissions: token, resources: /a/*}");

    assertThat(lines()).singleElement().asString().contains("routes[0].knownTo", "may call GET");
  }

  @Test
  void aLiteralThatAsksForMoreThanTheVariableBesideIt() {
    routes(
        """
        - {path: '/users/{id}', upstream: docs, methods: {GET: r, PUT: w}}
          - {path: /users/admin, upstream: docs, methods: {GET: [r, w], PUT: w, POST: w}}
          - {path: /groups/admin, upstream: docs, methods: {GET: w}}
        """);
    grants("- {to: authenticated, permissions: token, resources: /**}");

    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("routes.yaml:3:")
        .contains("routes[1].methods.GET", "asks for more than /users/{id}");
  }

  @Test
  void aLiteralThatAsksForAStrongerAuthenticationThanTheVariableBesideIt() {
    routes(
        """
        - {path: '/users/{id}', upstream: docs, methods: {GET: r}, acr: [gold, silver], maxAge: 1h}
          - {path: /users/admin, upstream: docs, methods: {GET: r}, acr: [gold], maxAge: 1h}
          - {path: /users/owner, upstream: docs, methods: {GET: r}, acr: [silver, gold], maxAge: 59m}
          - {path: /users/guest, upstream: docs, methods: {GET: r}, acr: [bronze, silver, gold]}
        """);
    grants("- {to: authenticated, permissions: token, resources: /**}");

    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("routes.yaml:3:").contains("spelling of admin"),
            line -> assertThat(line).startsWith("routes.yaml:4:").contains("spelling of owner"));
  }

  @Test
  void observeModeLeftOn() {
    folder.write("gateway.yaml", "mode: observe\n" + GATEWAY);
    routes(
        """
        - {path: /a, upstream: docs, methods: {GET: public}, mode: observe}
          - {path: /b, upstream: docs, methods: {GET: public}, mode: enforce}
        """);
    String says =
        "\"observe\": lets pass what would be refused, and only counts it; write enforce once all is"
            + " well";

    assertThat(lines())
        .containsExactly(
            "gateway.yaml:1:7: warning: mode: " + says,
            "routes.yaml:2:62: warning: routes[0].mode: " + says);
  }

  @Test
  void aGrantOnWhatNoRouteLeadsTo() {
    routes(
        """
        - {path: '/a/{x}/b', upstream: docs, methods: {GET: r}}
          - {path: '/a/{x}/b/publish', resource: '/a/{x}/c', upstream: docs, methods: {POST: r}}
          - {path: /files/**, upstream: docs, methods: {GET: r}}
          - {path: /slash/, upstream: docs, methods: {GET: r}}
          - {path: /t/**, host: "*.example.com", upstream: docs, methods: {GET: r}}
          - {path: /only, host: api.example.net, upstream: docs, methods: {GET: r}}
        """);
    List<String> met =
        List.of(
            "/**",
            "/a/**",
            "/a/1/b",
            "/a/*/b/**",
            "/a/{claims.account}/c",
            "/*/{any}/c",
            "/files",
            "/files/1/2",
            "/*/anything",
            "/slash/",
            "//x.example.com/t/1",
            "//*.example.com/**",
            "//{claims.t}.example.com/t",
            "//api.example.net/only",
            "//*.example.net/*");
    List<String> missed =
        List.of(
            "/",
            "/A/1/b",
            "/a",
            "/a/1",
            "/a/1/b/publish",
            "/a/1/d/**",
            "/a/*/b/*",
            "/slash",
            "/slash/*",
            "/t/1",
            "/only",
            "//example.com/t/1",
            "//x.example.com/u/**",
            "//api.example.net/other",
            "//*.example.org/**");
    for (String pattern : met) {
      grants("- {to: authenticated, permissions: [r], resources: ['" + pattern + "']}");
      assertThat(lines()).as(pattern).isEmpty();
    }
    for (String pattern : missed) {
      grants("- {to: authenticated, permissions: [r], resources: ['/**', '" + pattern + "']}");
      assertThat(lines())
          .containsExactly(
              "grants.yaml:2:62: warning: grants[0].resources[1]: \""
                  + pattern
                  + "\": matches no resource of any route");
    }
  }

  @Test
  void cleartextBeyondThisMachine() {
    String beyond = "in cleartext beyond this machine, tokens and all";
    folder.write(
        "gateway.yaml",
        """
        listen: [127.0.0.1:1, '[::1]:2', localhost:3, 10.0.0.1:4, {address: '[::]:5'}]
        issuers:
          a: {issuer: a, audiences: [x], jwks: "http://id.example.com/k", insecureJwks: true}
          b: {issuer: b, audiences: [x], jwks: "http://127.0.0.1/k", insecureJwks: true}
          c: {issuer: c, audiences: [x], jwks: "https://id.example.com/k", insecureJwks: true}
        upstreams:
          a: {url: "http://documents:8080"}
          b: {url: "http://[::1]:8080"}
          c: {url: "http://localhost"}
        """);

    assertThat(lines())
        .containsExactly(
            "gateway.yaml:1:47: warning: listen[3]: \"10.0.0.1:4\": serves callers "
                + beyond
                + "; listen on 127.0.0.1 behind something that speaks TLS",
            "gateway.yaml:1:59: warning: listen[4]: serves callers "
                + beyond
                + "; listen on 127.0.0.1 behind something that speaks TLS",
            "gateway.yaml:3:40: warning: issuers.a.jwks: \"http://id.example.com/k\": fetches keys in"
                + " cleartext: who is on the way can put in his own, and be anybody",
            "gateway.yaml:7:12: warning: upstreams.a.url: \"http://documents:8080\": is reached "
                + beyond);
  }

  @Test
  void everybodyIsServedWhereNothingElseIsSaid() {
    folder.write("gateway.yaml", ConfigFolder.GATEWAY);

    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("gateway.yaml: warning: listen: \"0.0.0.0:8080\": serves callers in cleartext");
  }

  @Test
  void warningsWaitUntilThereIsNoError() {
    folder.write("gateway.yaml", "mode: observe\nrealm: ''\n" + ConfigFolder.GATEWAY);

    assertThat(lines()).singleElement().asString().contains("error: realm");
  }

  private List<String> lines() {
    return folder.problems().stream().map(Problem::toString).toList();
  }

  private void routes(String items) {
    folder.write("routes.yaml", "routes:\n  " + items);
  }

  private void grants(String items) {
    folder.write("grants.yaml", "grants:\n  " + items);
  }
}

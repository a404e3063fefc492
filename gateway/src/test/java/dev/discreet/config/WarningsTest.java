package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestCa;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    folder.routes("- {path: /a, upstream: docs, methods: {GET: authenticated}}");
    folder.write("gateway.yaml", GATEWAY.replace("audiences:", "dpop: optional, audiences:"));
    assertThat(folder.lines())
        .singleElement()
        .asString()
        .contains("dpop: \"optional\": needs dpop in tokenFrom");

    folder.write("gateway.yaml", "tokenFrom: [dpop]\n" + GATEWAY);
    assertThat(folder.lines())
        .singleElement()
        .asString()
        .startsWith("gateway.yaml:1:12: warning: tokenFrom: ")
        .contains("names dpop, which no issuer allows");
  }

  @Test
  void boundTokensWhereNoClientIsAskedForItsCertificate() {
    String bound = GATEWAY.replace("audiences:", "certificateBound: required, audiences:");
    folder.write("gateway.yaml", bound);
    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:3:62: warning: issuers.main.certificateBound: \"required\": needs a listener"
                + " with clientCertificates: no token can be proven without it");

    folder.write("gateway.yaml", bound.replace("required", "optional"));
    assertThat(folder.lines()).isEmpty();

    SelfSigned own = new SelfSigned();
    folder
        .write("tls.crt", own.certificate() + own.key())
        .write(
            "gateway.yaml",
            bound.replace(
                "listen: 127.0.0.1:8080",
                "listen: [{address: '0.0.0.0:8443', tls: {certificate: tls.crt, key: tls.crt,"
                    + " clientCertificates: {ca: tls.crt}}}]"));
    assertThat(folder.lines()).as("where one is, and nothing is in cleartext").isEmpty();
  }

  @Test
  void corsThatBrowsersTakeOtherwise() {
    folder.routes("- {path: /a, upstream: docs, methods: {GET: authenticated}}");
    String cors = "cors: {origins: ['https://a.example'], ";
    folder.write(
        "gateway.yaml",
        cors + "credentials: true, methods: [GET, patch], exposeHeaders: ['*']}\n" + GATEWAY);
    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:1:74: warning: cors.methods[1]: \"patch\": is compared by letter; browsers"
                + " send PATCH",
            "gateway.yaml:1:98: warning: cors.exposeHeaders[0]: \"*\": is no wildcard to browsers"
                + " where credentials are true; list each");

    folder.write("gateway.yaml", cors + "headers: ['*']}\n" + GATEWAY);
    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:1:50: warning: cors.headers[0]: \"*\": is not authorization to browsers,"
                + " which ask for it by name; add it");

    folder.write("gateway.yaml", cors + "headers: ['*', Authorization]}\n" + GATEWAY);
    assertThat(folder.lines()).isEmpty();
  }

  @Test
  void protectionThatIsNone() {
    folder.routes("- {path: /a, upstream: docs, methods: {GET: authenticated}}");
    folder.write("gateway.yaml", "trustedProxies: [10.0.0.0/8, '::/0']\n" + GATEWAY);
    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:1:30: warning: trustedProxies[1]: \"::/0\": trusts everybody: each client"
                + " chooses its own address; name the proxies");

    folder.write("gateway.yaml", "shield: [403, 410]\n" + GATEWAY);
    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:1:9: warning: shield: leaves the upstream's own 404, by which hidden is"
                + " told from missing; add 404");

    folder.write("gateway.yaml", GATEWAY);
    String route = "- {path: /a, upstream: docs, methods: {GET: %s}, shield: {statuses: [4xx],";
    folder.routes(route.formatted("authenticated") + " unlessKnown: true}}");
    assertThat(folder.lines())
        .singleElement()
        .asString()
        .endsWith("shields nobody: whoever may call here may know; say who does in knownTo");
    folder.routes(route.formatted("authenticated") + " unlessKnown: true}, knownTo: nobody}");
    assertThat(folder.lines()).noneMatch(line -> line.contains("shields nobody"));
  }

  @Test
  void aFurtherCertificateThatNamesNoHost() {
    TestCa.Issued address = new TestCa().issue("ip:192.0.2.1");
    folder
        .write("ip.crt", address.certificates())
        .write("ip.key", address.key())
        .write(
            "gateway.yaml",
            GATEWAY.replace(
                "listen: 127.0.0.1:8080",
                "listen: [{address: '0.0.0.0:8443', tls: {certificate: ip.crt, key: ip.key,"
                    + " certificates: [{certificate: ip.crt, key: ip.key}]}}]"));
    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:1:91: warning: listen[0].tls.certificates[0]: names no host"
                + " (subjectAltName), so that no client can ask for it");
  }

  @Test
  void aKnownToThatHidesFromWhoMayCall() {
    folder.routes(
        "- {path: /a, upstream: docs, methods: {GET: r, PUT: w}, knownTo: w}\n  - {path: /b, upstream: docs, methods: {GET: w}}");
    folder.grants(
        "- {to: authenticated, permissions: [r], resources: /a}\n  - {to: {group: g}, permissions: [w], resources: /b}");

    assertThat(folder.lines())
        .containsExactly(
            "routes.yaml:2:68: warning: routes[0].knownTo: \"w\": hides the resource from some who"
                + " may call GET on it");
  }

  @Test
  void aKnownToThatEveryCallerMeets() {
    folder.routes("- {path: /a, upstream: docs, methods: {GET: r, PUT: w}, knownTo: r}");
    folder.grants(
        "- {to: authenticated, permissions: [r], resources: /a}\n  - {to: {group: g}, permissions: ['*'], resources: /**}");

    assertThat(folder.lines()).isEmpty();
  }

  @Test
  void anUpstreamIsToJudgeCallersOfWhomItIsToldNothing() {
    folder.routes("- {path: '/a/{x}', upstream: docs, methods: {GET: r}, knownTo: upstream}");
    folder.grants("- {to: anyone, permissions: [r], resources: /a/*}");
    assertThat(folder.lines()).isEmpty();
    folder.write("gateway.yaml", GATEWAY + "forward: {token: strip}\n");
    assertThat(folder.lines())
        .containsExactly(
            "routes.yaml:2:66: warning: routes[0].knownTo: \"upstream\": asks about callers of whom"
                + " forward says nothing; keep the token, or name claims");
    folder.write("gateway.yaml", GATEWAY + "forward: {token: strip, claims: {x-user: sub}}\n");
    assertThat(folder.lines()).isEmpty();
  }

  @Test
  void knownToNobodyHidesFromEveryCaller() {
    folder.routes("- {path: '/a/{x}', upstream: docs, methods: {GET: r}, knownTo: nobody}");
    folder.grants("- {to: authenticated, permissions: token, resources: /a/*}");

    assertThat(folder.lines())
        .singleElement()
        .asString()
        .contains("routes[0].knownTo", "may call GET");
  }

  @Test
  void aLiteralThatAsksForMoreThanTheVariableBesideIt() {
    folder.routes(
        """
        - {path: '/users/{id}', upstream: docs, methods: {GET: r, PUT: w}}
          - {path: /users/admin, upstream: docs, methods: {GET: [r, w], PUT: w, POST: w}}
          - {path: /groups/admin, upstream: docs, methods: {GET: w}}
        """);
    folder.grants("- {to: authenticated, permissions: token, resources: /**}");

    assertThat(folder.lines())
        .singleElement()
        .asString()
        .startsWith("routes.yaml:3:")
        .contains("routes[1].methods.GET", "asks for more than /users/{id}");
  }

  @Test
  void aLiteralThatAsksForAStrongerAuthenticationThanTheVariableBesideIt() {
    folder.routes(
        """
        - {path: '/users/{id}', upstream: docs, methods: {GET: r}, acr: [gold, silver], maxAge: 1h}
          - {path: /users/admin, upstream: docs, methods: {GET: r}, acr: [gold], maxAge: 1h}
          - {path: /users/owner, upstream: docs, methods: {GET: r}, acr: [silver, gold], maxAge: 59m}
          - {path: /users/guest, upstream: docs, methods: {GET: r}, acr: [bronze, silver, gold]}
        """);
    folder.grants("- {to: authenticated, permissions: token, resources: /**}");

    assertThat(folder.lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("routes.yaml:3:").contains("spelling of admin"),
            line -> assertThat(line).startsWith("routes.yaml:4:").contains("spelling of owner"));
  }

  @Test
  void observeModeLeftOn() {
    folder.write("gateway.yaml", "mode: observe\n" + GATEWAY);
    folder.routes(
        """
        - {path: /a, upstream: docs, methods: {GET: public}, mode: observe}
          - {path: /b, upstream: docs, methods: {GET: public}, mode: enforce}
        """);
    String says =
        "\"observe\": lets pass what would be refused, and only counts it; write enforce once all is"
            + " well";

    assertThat(folder.lines())
        .containsExactly(
            "gateway.yaml:1:7: warning: mode: " + says,
            "routes.yaml:2:62: warning: routes[0].mode: " + says);
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

    assertThat(folder.lines())
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

    assertThat(folder.lines())
        .singleElement()
        .asString()
        .startsWith("gateway.yaml: warning: listen: \"0.0.0.0:8080\": serves callers in cleartext");
  }

  @Test
  void warningsWaitUntilThereIsNoError() {
    folder.write("gateway.yaml", "mode: observe\nrealm: ''\n" + ConfigFolder.GATEWAY);

    assertThat(folder.lines()).singleElement().asString().contains("error: realm");
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change does not concern outlives it; what it ends leaves nothing behind. */
class ReloadSurvivalTest {
  private static final String GATEWAY = "gateway.yaml";
  private static final String GRANTS = "permissions/grants.yaml";
  private static final String ROUTES = "routes/documents.yaml";
  private static final String VALID = "discreet_tokens_total{issuer=\"main\",result=\"valid\"}";

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    world = new DocumentsWorld("", "probe: {cache: {present: 1h, absent: 1h}}");
    gateway = world.gateway();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  /** One request that is forwarded, and one that needs a probe. */
  private void ask(String caller) throws IOException {
    assertThat(gateway.call("GET", DocumentsWorld.OWN, caller).status()).isEqualTo(200);
    assertThat(gateway.call("DELETE", DocumentsWorld.OWN, caller).status()).isEqualTo(403);
  }

  private void takeOver(String name, String what, String replacement) throws IOException {
    String changed = world.file(name).replace(what, replacement);
    assertThat(changed).isNotEqualTo(world.file(name));
    gateway.taking(() -> gateway.write(name, changed));
  }

  private long probes() {
    return world.api().seen().stream().filter(seen -> seen.method().equals("HEAD")).count();
  }

  @Test
  void aChangeOfGrantsCostsNoConnectionNoProbeNoKeyAndNoVerification() throws IOException {
    String caller = world.member("documents:list documents:read");
    ask(caller);
    int connections = world.api().accepted();
    takeOver(GRANTS, "group: staff", "group: others");
    ask(caller);
    assertThat(world.api().accepted()).isEqualTo(connections);
    assertThat(probes()).isEqualTo(1);
    assertThat(world.issuer().fetches()).isEqualTo(1);
    assertThat(gateway.metric(VALID)).isEqualTo(1);
  }

  @Test
  void aProbeThatIsAskedOtherwiseIsAskedAnew() throws IOException {
    String caller = world.member("documents:list documents:read");
    ask(caller);
    takeOver(GATEWAY, "present: 1h", "present: 2h");
    ask(caller);
    assertThat(probes()).isEqualTo(2);
  }

  @Test
  void connectionsToWhereNothingGoesAnyMoreAreClosed() throws IOException {
    String caller = world.member("documents:list documents:read");
    try (CountingApi other = new CountingApi().owning(DocumentsWorld.OWN)) {
      ask(caller);
      assertThat(world.api().open()).isPositive();
      takeOver(GATEWAY, world.api().url(), other.url());
      ask(caller);
      assertThat(other.heads()).isEqualTo(2);
      Eventually.holds("they are closed", () -> world.api().open() == 0);
      Eventually.holds(
          "they are not counted",
          () -> gateway.metric("discreet_upstream_connections") == other.open());
    }
  }

  @Test
  void aConnectionInUseIsClosedOnceItsExchangeIsDone() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(
          TestGateway.request(
              "PUT", DocumentsWorld.OWN, world.member("documents:write"), "Content-Length: 1"));
      Eventually.holds("it is forwarded", () -> world.api().heads() == 1);
      takeOver(GATEWAY, "present: 1h", "present: 2h");
      client.send("x");
      assertThat(client.read("PUT").status()).isEqualTo(200);
      Eventually.holds("it is closed", () -> world.api().open() == 0);
    }
  }

  @Test
  void whatAWriteChangedIsForgottenByWhoCameAfterItToo() throws IOException {
    String caller = world.member("documents:list documents:read");
    try (RawClient writer = new RawClient(gateway.address())) {
      writer.send(
          TestGateway.request(
              "PUT", DocumentsWorld.MISSING, world.member("documents:write"), "Content-Length: 1"));
      Eventually.holds("it is forwarded", () -> world.api().heads() == 1);
      takeOver(GATEWAY, "present: 1h", "present: 2h");
      assertThat(gateway.call("DELETE", DocumentsWorld.MISSING, caller).status()).isEqualTo(404);
      world.api().owning(DocumentsWorld.MISSING);
      writer.send("x");
      assertThat(writer.read("PUT").status()).isEqualTo(200);
      assertThat(gateway.call("DELETE", DocumentsWorld.MISSING, caller).status()).isEqualTo(403);
    }
  }

  @Test
  void keysOutliveAChangeOfTheirIssuerAndVerifiedTokensDoNot() throws IOException {
    String caller = world.member("documents:list documents:read");
    ask(caller);
    takeOver(GATEWAY, "audiences: [tests]", "audiences: [others]");
    assertThat(gateway.call("GET", DocumentsWorld.OWN, caller).status()).isEqualTo(401);
    gateway.taking(() -> gateway.write(GATEWAY, world.file(GATEWAY)));
    ask(caller);
    assertThat(world.issuer().fetches()).isEqualTo(1);
  }

  @Test
  void aNewIssuersKeysAreThereWhenItIsInForceAndGoWithIt() throws Exception {
    try (TestIssuer other = new TestIssuer()) {
      String token =
          DocumentsWorld.bearer(
              other.token("alice", Map.of("account", "a1", "scope", "documents:read")));
      assertThat(gateway.call("GET", DocumentsWorld.OWN, token).status()).isEqualTo(401);
      gateway.taking(
          () -> {
            gateway.write(
                GATEWAY,
                world
                    .file(GATEWAY)
                    .replace(
                        "issuers:\n",
                        "issuers:\n  other: {issuer: \"%s\", audiences: [tests], jwks: \"%s/jwks\"}\n"
                            .formatted(other.issuer(), other.issuer())));
            gateway.write(GRANTS, world.file(GRANTS).replace("- to:", "- issuer: any\n    to:"));
          });
      assertThat(gateway.call("GET", DocumentsWorld.OWN, token).status()).isEqualTo(200);
      assertThat(gateway.metrics()).contains("issuer=\"other\"");

      gateway.taking(
          () -> {
            gateway.write(GATEWAY, world.file(GATEWAY));
            gateway.write(GRANTS, world.file(GRANTS));
          });
      assertThat(gateway.call("GET", DocumentsWorld.OWN, token).status()).isEqualTo(401);
      assertThat(gateway.metrics()).doesNotContain("issuer=\"other\"");
    }
  }

  @Test
  void aRouteThatIsGoneLeavesNoMeter() throws IOException {
    String caller = world.member("documents:list documents:read");
    ask(caller);
    assertThat(gateway.metrics()).contains("route=\"/accounts/{account}/documents/{document}\"");
    takeOver(ROUTES, "/accounts/{account}/documents/{document}", "/accounts/{account}/papers/{id}");
    assertThat(gateway.metrics())
        .doesNotContain("route=\"/accounts/{account}/documents/{document}\"");
    gateway.taking(() -> gateway.write(ROUTES, world.file(ROUTES)));
    ask(caller);
    assertThat(gateway.metrics()).contains("route=\"/accounts/{account}/documents/{document}\"");
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of the configuration is taken over whole, or not at all (SPEC §4). */
class ReloadTest {
  private static final String GRANTS = "permissions/grants.yaml";
  private static final String ROUTES = "routes/documents.yaml";

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    world = new DocumentsWorld();
    gateway = world.gateway();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private int status(RawClient client, String method, String target, String... fields)
      throws IOException {
    return client.send(TestGateway.request(method, target, fields)).read(method).status();
  }

  private String staff() {
    return DocumentsWorld.bearer(world.issuer().token("bob", Map.of("groups", "staff")));
  }

  /** L-10. */
  @Test
  void aChangedGrantHoldsForConnectionsThatAreOpenToo() throws IOException {
    String bob = staff();
    try (RawClient client = new RawClient(gateway.address())) {
      assertThat(status(client, "GET", DocumentsWorld.HIDDEN, bob)).isEqualTo(200);
      gateway.taking(
          () -> gateway.write(GRANTS, world.file(GRANTS).replace("group: staff", "group: nobody")));
      assertThat(status(client, "GET", DocumentsWorld.HIDDEN, bob)).isEqualTo(404);
    }
    assertThat(gateway.detail()).isEmpty();
  }

  /** L-08. */
  @Test
  void aBrokenFileAmongGoodOnesChangesNothing() throws IOException {
    double loaded = gateway.metric("discreet_config_loaded_timestamp_seconds");
    try (LogLines log = LogLines.of("dev.discreet.http.ConfigReloader")) {
      gateway.refusing(
          () -> {
            gateway.write("routes/beside.yaml", route("/beside"));
            gateway.write(ROUTES, world.file(ROUTES).replace("collection: true", "colection: 1"));
          });
      assertThat(log.lines())
          .contains(
              "ERROR routes/documents.yaml:4:5: error: routes[0].colection: \"colection\": is not"
                  + " a key that is known here; did you mean \"collection\"?")
          .contains("ERROR configuration not taken over: what was in force before is so still");
      assertThat(gateway.detail())
          .containsExactly("configuration not taken over: routes/documents.yaml:4:5");
      assertThat(gateway.call("GET", "/beside").status()).isEqualTo(401);
      assertThat(gateway.call("GET", "/accounts/a1/login-options").status()).isEqualTo(200);
      assertThat(gateway.server().ready()).isTrue();
      assertThat(gateway.metric("discreet_config_loaded_timestamp_seconds")).isEqualTo(loaded);

      gateway.taking(() -> gateway.write(ROUTES, world.file(ROUTES)));
      assertThat(log.lines()).endsWith("INFO configuration taken over");
    }
    assertThat(gateway.detail()).isEmpty();
    assertThat(gateway.call("GET", "/beside").status()).isNotEqualTo(401);
    assertThat(gateway.metric("discreet_config_loaded_timestamp_seconds")).isGreaterThan(loaded);
  }

  private static String route(String path) {
    return "routes: [{path: %s, upstream: documents, methods: {GET: public}}]\n".formatted(path);
  }

  @Test
  void aChangeOfListenIsRefusedWithAllThatCameWithIt() throws IOException {
    try (LogLines log = LogLines.of("dev.discreet.http.ConfigReloader")) {
      gateway.refusing(
          () -> {
            gateway.write("routes/beside.yaml", route("/beside"));
            gateway.write(
                "gateway.yaml",
                world.file("gateway.yaml").replace("listen: 127.0.0.1:0", "listen: 127.0.0.1:1"));
          });
      assertThat(log.lines())
          .contains(
              "ERROR gateway.yaml:1:9: error: listen: \"127.0.0.1:1\": is changed, and needs a"
                  + " restart to take effect");
    }
    assertThat(gateway.detail()).containsExactly("configuration not taken over: gateway.yaml:1:9");
    assertThat(gateway.call("GET", "/beside").status()).isEqualTo(401);
    gateway.taking(() -> gateway.write("gateway.yaml", world.file("gateway.yaml")));
    assertThat(gateway.call("GET", "/beside").status()).isNotEqualTo(401);
  }

  /** L-08. */
  @Test
  void aConfigMapIsSwapped() throws IOException {
    ConfigFiles files = new ConfigFiles();
    Path mount = files.folder();
    for (String version : new String[] {"..1", "..2"}) {
      Files.createDirectory(mount.resolve(version));
      Files.writeString(
          mount.resolve(version).resolve("gateway.yaml"),
          """
          listen: 127.0.0.1:0
          admin: 127.0.0.1:0
          upstreams: {documents: {url: %s}}
          %s
          """
              .formatted(world.api().url(), route("/version/" + version.substring(2))));
    }
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(mount.resolve("gateway.yaml"), Path.of("..data", "gateway.yaml"));
    try (TestGateway mounted = TestGateway.start(files)) {
      assertThat(mounted.call("GET", "/version/1").status()).isNotEqualTo(401);
      Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
      mounted.taking(
          () ->
              Files.move(
                  mount.resolve("..data_tmp"),
                  mount.resolve("..data"),
                  StandardCopyOption.ATOMIC_MOVE));
      assertThat(mounted.call("GET", "/version/1").status()).isEqualTo(401);
      assertThat(mounted.call("GET", "/version/2").status()).isNotEqualTo(401);
    }
  }

  @Test
  void aRequestThatHasBegunEndsByTheConfigurationThatItBeganBy() throws IOException {
    String body = "x".repeat(10);
    try (CountingApi other = new CountingApi();
        RawClient client = new RawClient(gateway.address())) {
      client.send(
          TestGateway.request(
              "PUT", DocumentsWorld.OWN, world.member("documents:write"), "Content-Length: 20"));
      client.send(body);
      gateway.taking(
          () -> {
            gateway.write(GRANTS, "grants: []\n");
            gateway.write(
                "gateway.yaml", world.file("gateway.yaml").replace(world.api().url(), other.url()));
          });
      client.send(body);
      assertThat(client.read("PUT").status()).isEqualTo(200);
      assertThat(world.api().seen().getLast().body()).isEqualTo(body + body);
      assertThat(status(client, "GET", DocumentsWorld.OWN, world.member("documents:read")))
          .isEqualTo(404);
      assertThat(other.heads()).isZero();
    }
  }

  @Test
  void limitsHoldForConnectionsThatAreOpenToo() throws IOException {
    String longTarget = "/accounts/a1/login-options?" + "q".repeat(200);
    try (RawClient client = new RawClient(gateway.address())) {
      assertThat(status(client, "GET", longTarget)).isEqualTo(200);
      gateway.taking(
          () ->
              gateway.write(
                  "gateway.yaml", world.file("gateway.yaml") + "limits: {target: 100}\n"));
      assertThat(status(client, "GET", longTarget)).isEqualTo(414);
    }
  }

  @Test
  void theRequestLogIsSwitchedOffAndOn() throws IOException {
    String off = world.file("gateway.yaml") + "log: {requests: false}\n";
    gateway.taking(() -> gateway.write("gateway.yaml", off));
    gateway.call("GET", "/unlogged");
    gateway.taking(() -> gateway.write("gateway.yaml", world.file("gateway.yaml")));
    gateway.call("GET", "/logged");
    assertThat(gateway.logged("\"/logged\"")).isNotEmpty();
    assertThat(gateway.log()).doesNotContain("/unlogged");
  }
}

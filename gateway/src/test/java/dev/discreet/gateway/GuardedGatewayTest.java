package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RedisServer;
import dev.discreet.testing.TestGateway;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guard of enumeration in a gateway that runs: reloads, routes that observe, gRPC. */
class GuardedGatewayTest {
  private static final String NO_CACHE = "probe: {cache: {present: 0s, absent: 0s}}";
  private static final String GUARD = "guard: {refusals: 3/h, block: 1h}";
  private static final String OBSERVED =
      "discreet_observed_total{decision=\"limited\",method=\"GET\","
          + "route=\"/accounts/{account}/documents/{document}\"}";

  private static void refuse(DocumentsWorld world, int times, String caller) throws Exception {
    for (int i = 0; i < times; i++) {
      assertThat(world.gateway().call("GET", HIDDEN, caller).status()).isEqualTo(404);
    }
  }

  @Test
  void countsAndBlocksSurviveAChangeOfAnythingElse() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(GUARD, NO_CACHE)) {
      String alice = world.member("documents:read");
      String bob = DocumentsWorld.bearer(world.issuer().token("bob", Map.of("account", "a1")));
      refuse(world, 3, alice);
      refuse(world, 2, bob);
      String file = world.file("gateway.yaml");
      world.gateway().taking(() -> world.gateway().write("gateway.yaml", file + "realm: other\n"));
      assertThat(world.gateway().call("GET", OWN, alice).status()).isEqualTo(429);
      refuse(world, 1, bob);
      assertThat(world.gateway().call("GET", HIDDEN, bob).status()).isEqualTo(429);

      String eased = file.replace("3/h", "2/h");
      world.gateway().taking(() -> world.gateway().write("gateway.yaml", eased));
      assertThat(world.gateway().call("GET", OWN, alice).status()).isEqualTo(200);
      refuse(world, 2, bob);
      assertThat(world.gateway().call("GET", HIDDEN, bob).status()).isEqualTo(429);

      String without = file.replace(GUARD, "");
      world.gateway().taking(() -> world.gateway().write("gateway.yaml", without));
      refuse(world, 4, bob);
    }
  }

  @Test
  void routesThatObserveCountApartAndStopNobody() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(GUARD + "\nmode: observe", NO_CACHE)) {
      String routes = world.file("routes/documents.yaml");
      String enforcing = routes.replace("{GET: public}", "{GET: public}\n    mode: enforce");
      world.gateway().taking(() -> world.gateway().write("routes/documents.yaml", enforcing));
      String lister = world.member("documents:list");
      for (int i = 0; i < 3; i++) {
        assertThat(world.gateway().call("GET", HIDDEN, lister).status()).isEqualTo(200);
      }
      assertThat(world.gateway().metric(OBSERVED)).isZero();
      Answer answer = world.gateway().call("GET", OWN, lister);
      assertThat(answer.value("x-upstream")).isEqualTo("yes");
      LogLine line = LogLine.of(world.gateway(), answer);
      assertThat(line.get("observed_status")).isEqualTo("429");
      assertThat(line.get("observed_decision")).isEqualTo("limited");
      assertThat(line.get("subject")).isEqualTo("alice");
      assertThat(world.gateway().metric(OBSERVED)).isEqualTo(1);
      assertThat(world.gateway().call("GET", "/accounts/a1/login-options", lister).status())
          .as("a route that enforces")
          .isEqualTo(200);
    }
  }

  @Test
  void twoGatewaysThatShareARedisAreOne() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      String shared = GUARD.replace("}", ", store: {redis: \"redis://127.0.0.1:%d\"}}");
      String extra = shared.formatted(redis.port());
      try (LogLines log = LogLines.of("dev.discreet.guard.RedisLink");
          DocumentsWorld one = new DocumentsWorld(extra, NO_CACHE);
          TestGateway other = TestGateway.start(files(one))) {
        Eventually.holds("both have found it", () -> log.lines().size() == 2);
        assertThat(log.lines())
            .containsOnly(
                "INFO refusals are counted together with other gateways in the Redis at 127.0.0.1:"
                    + redis.port());
        String alice = one.member("documents:read");
        refuse(one, 2, alice);
        assertThat(other.call("GET", HIDDEN, alice).status()).isEqualTo(404);
        Eventually.holds("blocked there", () -> other.call("GET", OWN, alice).status() == 429);
        Eventually.holds(
            "blocked here", () -> one.gateway().call("GET", OWN, alice).status() == 429);
      }
    }
  }

  private static Map<String, String> files(DocumentsWorld world) {
    return Stream.of("gateway.yaml", "routes/documents.yaml", "permissions/grants.yaml")
        .collect(Collectors.toMap(name -> name, world::file));
  }

  @Test
  void aCallOfGrpcIsToldInItsOwnWords() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(GUARD, NO_CACHE)) {
      String alice = world.member("documents:read");
      refuse(world, 3, alice);
      try (RawHttp2 client = new RawHttp2(world.gateway().address())) {
        List<String> call =
            RawHttp2.request(
                "POST",
                OWN,
                "content-type",
                "application/grpc",
                "authorization",
                alice.substring("Authorization: ".length()));
        RawHttp2.Stream answer = client.send(1, call).await(1);
        assertThat(answer.value("grpc-status")).isEqualTo("8");
        assertThat(answer.value("grpc-message")).isEqualTo("Too Many Requests");
      }
    }
  }
}

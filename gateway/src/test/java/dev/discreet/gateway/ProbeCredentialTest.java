package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes with a token of the gateway's own, by OAuth client credentials. */
class ProbeCredentialTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String answer = token(300);
  private volatile int status = 200;
  private volatile long pauseMillis;

  @SuppressWarnings("NullAway.Init")
  private HttpServer provider;

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  private String token(int seconds) {
    return "{\"access_token\":\"t-N\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}";
  }

  @BeforeEach
  void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/token", this::answer);
    provider.start();
    world =
        new DocumentsWorld(
            "",
            """
            probe:
                  cache: {present: 0s, absent: 0s}
                  credential:
                    tokenUrl: http://127.0.0.1:%d/token
                    clientId: gateway
                    clientSecret: s3cret
                    scope: documents:list
            """
                .formatted(provider.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
    provider.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestHeaders().getFirst("authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
    byte[] octets = answer.replace("t-N", "t-" + asked.size()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  /** Asks for what the caller may know and not do, so that the gateway probes. */
  private int refused() throws IOException {
    return world.gateway().call("DELETE", OWN, world.member("documents:list")).status();
  }

  private List<String> probes() {
    return world.api().seen().stream()
        .filter(seen -> seen.method().equals("HEAD"))
        .map(seen -> String.join(",", seen.values("authorization")))
        .toList();
  }

  @Test
  void isFetchedOnceAndSentWithEachProbe() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(refused()).isEqualTo(403);
    }
    assertThat(asked)
        .containsExactly(
            "Basic Z2F0ZXdheTpzM2NyZXQ= grant_type=client_credentials&scope=documents%3Alist");
    assertThat(probes()).hasSize(5).containsOnly("Bearer t-1");
  }

  @Test
  void isRenewedAheadOfItsEndWhileItIsUsed() throws IOException {
    answer = token(2);
    assertThat(refused()).isEqualTo(403);
    assertThat(refused()).isEqualTo(403);
    Eventually.holds("a second token is fetched", () -> asked.size() >= 2);
    assertThat(refused()).isEqualTo(403);
    assertThat(probes()).contains("Bearer t-1").doesNotContain("");
  }

  @Test
  void aRenewalThatFailsIsTriedAgainWhileTheTokenLasts() throws IOException {
    answer = token(6);
    assertThat(refused()).isEqualTo(403);
    assertThat(refused()).isEqualTo(403);
    status = 503;
    Eventually.holds("a renewal fails", () -> asked.size() >= 2);
    status = 200;
    Eventually.holds("it is tried again though nobody probes", () -> asked.size() >= 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"access_token\":\"a b\"}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\"}",
        "{\"access_token\":\"a\",\"access_token\":\"b\"}"
      })
  void withoutATokenNothingIsAskedAndExistenceIsUnknown(String bad) throws IOException {
    answer = bad;
    assertThat(refused()).isEqualTo(404);
    assertThat(probes()).isEmpty();
    assertThat(world.gateway().logged("\"row\":\"10\"")).contains("no token for probes");
  }

  @Test
  void aProviderThatIsDownIsNotAskedForEachProbe() throws IOException {
    status = 503;
    for (int i = 0; i < 5; i++) {
      assertThat(refused()).isEqualTo(404);
    }
    assertThat(asked).hasSizeLessThan(5);
    status = 200;
    Eventually.holds("it is asked again", () -> refusedIs(403));
  }

  private boolean refusedIs(int expected) {
    try {
      return refused() == expected;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTokenThatLivesNoTimeIsNotFetchedForEachProbe() throws IOException {
    answer = token(0);
    for (int i = 0; i < 20; i++) {
      assertThat(refused()).isEqualTo(403);
    }
    assertThat(asked).hasSizeLessThan(20);
  }

  @Test
  void aSlowProviderServesTheProbesThatComeLater() throws IOException {
    pauseMillis = 800;
    assertThat(refused()).as("its probe has no time left").isEqualTo(404);
    Eventually.holds("the token is there", () -> refusedIs(403));
    assertThat(asked).hasSize(1);
  }

  @Test
  void theSecretIsInNoLog() throws IOException {
    CountingApi api = world.api();
    assertThat(refused()).isEqualTo(403);
    assertThat(api.seen()).isNotEmpty();
    assertThat(world.gateway().log()).doesNotContain("s3cret").doesNotContain("t-1");
  }
}

package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come over TLS, and how their connections end. */
@Tag("tls")
class TlsListenerTest {
  private static final String TLS_12 = "TLSv1.2";
  private static final String TLS_13 = "TLSv1.3";

  @SuppressWarnings("NullAway.Init")
  private TlsWorld world;

  @BeforeEach
  void start() throws IOException {
    world = new TlsWorld("");
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private RawClient client(String version) throws Exception {
    return new RawClient(world.connect(null, version));
  }

  private CountingApi.Seen seen() {
    return world.api().seen().getLast();
  }

  @Test
  void upstreamsAreToldThatRequestsCameOverTls() throws Exception {
    assertThat(world.call(world.connect(null), "GET", OWN, world.member(Map.of())).status())
        .isEqualTo(200);
    assertThat(seen().values("x-forwarded-proto")).containsExactly("https");
    assertThat(seen().values("forwarded").getFirst()).contains(";proto=https");
  }

  @Test
  void cleartextIsNoRequest() throws Exception {
    try (RawClient raw = new RawClient(world.gateway().address())) {
      raw.send(TestGateway.request("GET", OWN)).readToEnd();
    }
    assertThat(world.call(world.connect(null), "GET", OWN, world.member(Map.of())).status())
        .isEqualTo(200);
    assertThat(world.gateway().logged("\"status\":200")).isNotEmpty();
    assertThat(world.gateway().log().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_12, TLS_13})
  void theLastAnswerEndsWithCloseNotify(String version) throws Exception {
    try (SSLSocket socket = world.connect(null, version);
        RawClient client = new RawClient(socket)) {
      client.send(TestGateway.request("GET", OWN, "connection: close"));
      // Without close_notify the JDK throws here.
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_12, TLS_13})
  void whoSaysGoodbyeBetweenRequestsIsAnsweredInKind(String version) throws Exception {
    try (SSLSocket socket = world.connect(null, version);
        RawClient client = new RawClient(socket)) {
      client.send(TestGateway.request("GET", OWN)).read("GET");
      client.finish();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  /** A body that is cut by close_notify is as one that is cut by a FIN: the API sees the cut. */
  @ParameterizedTest
  @ValueSource(strings = {TLS_12, TLS_13})
  void whoSaysGoodbyeWithinABodyHasSentNoRequest(String version) throws Exception {
    try (RawClient client = client(version)) {
      client.send(
          TestGateway.request("PUT", OWN, world.member(Map.of()), "content-length: 100") + "half");
      Eventually.holds("its head arrives", () -> world.api().heads() == 1);
      client.finish();
      assertThat(world.gateway().logged("\"method\":\"PUT\"")).contains("\"status\":400");
      Eventually.holds("the API sees its end", () -> !world.api().seen().isEmpty());
      assertThat(seen().whole()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_12, TLS_13})
  void whoSaysGoodbyeBeforeTheAnswerHasLeft(String version) throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    world.api().answering(request -> answerAfter(left));
    try (RawClient client = client(version)) {
      client.send(TestGateway.request("GET", OWN, world.member(Map.of())));
      Eventually.holds("it arrives", () -> world.api().heads() == 1);
      client.finish();
      assertThat(world.gateway().logged("\"method\":\"GET\"")).contains("\"status\":499");
    } finally {
      left.countDown();
    }
  }

  private static String answerAfter(CountDownLatch left) {
    try {
      left.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
  }
}

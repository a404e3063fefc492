package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.EchoSocket;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.SocketEar;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSocket (RFC 6455) through the gateway: the JDK's client, Netty's server. */
@Timeout(60)
class WebSocketTest {
  private static final String UPGRADE =
      "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
          + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==";
  private static final int NORMAL = 1000;

  private final TestIssuer issuer;
  private final EchoSocket api = new EchoSocket();
  private final TestGateway gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  WebSocketTest() throws Exception {
    issuer = new TestIssuer();
    gateway = TestGateway.start(Map.of("gateway.yaml", configuration("alice", "")));
  }

  private String configuration(String member, String more) {
    return """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks', clockSkew: 0s}}
        upstreams: {api: {url: '%s', timeouts: {idle: 20s}}}
        %s
        routes:
          - {path: '/chat/{room}', upstream: api, methods: {GET: chat}}
        grants:
          - {to: {subject: %s}, permissions: [chat], resources: /chat/a}
        """
        .formatted(issuer.issuer(), issuer.issuer(), api.url(), more, member);
  }

  @AfterEach
  void stop() throws IOException {
    http.shutdownNow();
    gateway.close();
    api.close();
    issuer.close();
  }

  private WebSocket connect(String path, String token, WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .header("authorization", "Bearer " + token)
        .subprotocols("chat")
        .buildAsync(URI.create("ws://127.0.0.1:" + gateway.address().getPort() + path), listener)
        .join();
  }

  private String token(Map<String, Object> more) {
    return issuer.token("alice", more);
  }

  @Test
  void framesGoBothWaysAndTheEndIsSaid() throws Exception {
    SocketEar heard = new SocketEar();
    WebSocket socket = connect("/chat/a", token(Map.of()), heard);
    assertThat(socket.getSubprotocol()).isEqualTo("chat");
    socket.sendText("hello", true).join();
    assertThat(heard.next()).isEqualTo("hello");
    socket.sendText("in ", false).join();
    socket.sendText("two", true).join();
    assertThat(heard.next()).isEqualTo("in two");
    socket.sendPing(ByteBuffer.wrap(new byte[5])).join();
    assertThat(heard.next()).isEqualTo("pong 5");
    socket.sendClose(NORMAL, "bye").join();
    assertThat(heard.closed()).isEqualTo(NORMAL);
    assertThat(gateway.logged("/chat/a"))
        .contains("\"status\":101", "\"decision\":\"forward\"", "\"subject\":\"alice\"");
    Eventually.holds("both ends are closed", () -> api.open() == 0);
    assertThat(api.requests().getFirst())
        .contains("upgrade: websocket", "x-forwarded-for: 127.0.0.1");
  }

  /** Much more is sent by {@link StreamingMemoryTest}. */
  @Test
  void largeFramesAndAnAbruptEnd() throws Exception {
    SocketEar heard = new SocketEar();
    WebSocket socket = connect("/chat/a", token(Map.of()), heard);
    byte[] frame = new byte[1 << 18];
    for (int i = 0; i < 16; i++) {
      socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }
    Eventually.holds("all came back", () -> heard.octets() == 16L << 18);
    socket.abort();
    Eventually.holds("an abrupt end goes on", () -> api.open() == 0);
  }

  /** SPEC §3: on every other answer than a preflight. */
  @Test
  void aListedOriginIsToldSoWhereTheProtocolIsSwitched() throws IOException {
    String cors = "cors: {origins: ['https://app.example']}";
    String alice = "Authorization: Bearer " + token(Map.of());
    try (TestGateway open =
            TestGateway.start(Map.of("gateway.yaml", configuration("alice", cors)));
        RawClient client = new RawClient(open.address())) {
      client.send(
          TestGateway.request("GET", "/chat/a", alice, UPGRADE, "origin: https://app.example"));
      Answer answer = client.read("GET");
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.value("access-control-allow-origin")).isEqualTo("https://app.example");
      assertThat(answer.value("vary")).isEqualTo("origin");
    }
  }

  /** SPEC §9: an upgrade tells no more than any other request. */
  @Test
  void whoMayNotIsAnsweredAsEver() throws IOException {
    String bob = "Authorization: Bearer " + issuer.token("bob", Map.of());
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(TestGateway.request("GET", "/chat/a", bob, UPGRADE));
      Answer hidden = client.read("GET");
      client.send(TestGateway.request("GET", "/nothing", bob, UPGRADE));
      Answer missing = client.read("GET");
      assertThat(hidden.status()).isEqualTo(404);
      assertThat(hidden.shape()).isEqualTo(missing.shape());
    }
    assertThat(api.requests()).isEmpty();
    assertThatThrownBy(() -> connect("/chat/b", token(Map.of()), new SocketEar()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  /** L-10. SPEC §4: decided anew after a change. */
  @Test
  void aChangeTakesItAway() throws Exception {
    SocketEar heard = new SocketEar();
    WebSocket socket = connect("/chat/a", token(Map.of()), heard);
    gateway.taking(() -> gateway.write("gateway.yaml", configuration("alice", "realm: other")));
    socket.sendText("still there", true).join();
    assertThat(heard.next()).isEqualTo("still there");
    gateway.taking(() -> gateway.write("gateway.yaml", configuration("bob", "")));
    assertThat(heard.closed()).isEqualTo(SocketEar.BROKEN);
    assertThat(gateway.logged("/chat/a"))
        .contains("\"status\":101", "its caller may no longer have it");
    Eventually.holds("the upstream's end is closed", () -> api.open() == 0);
  }

  @Test
  void itEndsWithItsToken() throws Exception {
    SocketEar heard = new SocketEar();
    connect("/chat/a", token(Map.of("exp", Instant.now().plusSeconds(2).getEpochSecond())), heard);
    assertThat(heard.closed()).isEqualTo(SocketEar.BROKEN);
    assertThat(gateway.logged("/chat/a")).contains("its token has expired");
  }

  @Test
  void itOutlivesItsTokenWhereThatIsWanted() throws Exception {
    gateway.taking(
        () ->
            gateway.write("gateway.yaml", configuration("alice", "streams: {outliveToken: true}")));
    SocketEar heard = new SocketEar();
    Instant expires = Instant.now().plusSeconds(2);
    WebSocket socket = connect("/chat/a", token(Map.of("exp", expires.getEpochSecond())), heard);
    Eventually.holds("the token has expired", () -> Instant.now().isAfter(expires.plusMillis(200)));
    socket.sendText("hello", true).join();
    assertThat(heard.next()).isEqualTo("hello");
  }
}

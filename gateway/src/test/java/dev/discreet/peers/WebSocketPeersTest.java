package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.EchoSocket;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.Peer;
import dev.discreet.testing.SocketEar;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSocket with npm's {@code ws} on either side of the gateway. */
@Timeout(180)
class WebSocketPeersTest {
  private static final String WS = "ws@8.18.3";
  private static final int MEBIBYTE = 1 << 20;
  private static final int MUCH = 100;

  /** With Netty's server each octet counts, since leaks are looked for in it too. */
  private static final int LESS = 8;

  private final TestIssuer issuer;
  private final HttpClient http = HttpClient.newHttpClient();

  WebSocketPeersTest() throws IOException {
    issuer = new TestIssuer();
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    issuer.close();
  }

  private TestGateway gateway(String api) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
            upstreams: {api: {url: '%s'}}
            routes:
              - {path: /chat, upstream: api, methods: {GET: authenticated}}
            """
                .formatted(issuer.issuer(), issuer.issuer(), api)));
  }

  private String token() {
    return issuer.token("alice", Map.of());
  }

  private static Peer server() throws IOException, InterruptedException {
    String node = Peer.needed("node");
    return Peer.start(node, NpmPackage.script("ws-server.js", WS).toString());
  }

  private static String url(Peer server) {
    return "http://127.0.0.1:" + server.address().getPort();
  }

  private void clientHearsWhatItMust(TestGateway gateway, int mebibytes)
      throws IOException, InterruptedException {
    Process client =
        new ProcessBuilder(
                Peer.needed("node"),
                NpmPackage.script("ws-client.js", WS).toString(),
                "ws://127.0.0.1:" + gateway.address().getPort() + "/chat",
                token(),
                String.valueOf(mebibytes))
            .redirectErrorStream(true)
            .start();
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo("ok\n");
    assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itsClientAndNettysServer() throws Exception {
    try (EchoSocket api = new EchoSocket();
        TestGateway gateway = gateway(api.url())) {
      clientHearsWhatItMust(gateway, LESS);
      Eventually.holds("all ends are closed", () -> api.open() == 0);
    }
  }

  /** What the two agree upon, such as compression, is theirs. */
  @Test
  void itsClientAndItsServer() throws Exception {
    try (Peer server = server();
        TestGateway gateway = gateway(url(server))) {
      clientHearsWhatItMust(gateway, MUCH);
      BufferedReader said = server.process().inputReader();
      assertThat(said.readLine()).isEqualTo("closed 1000 bye");
      assertThat(said.readLine()).isEqualTo("closed 4321 of one's own");
      assertThat(said.readLine()).isEqualTo("closed 1001 gone");
      assertThat(said.readLine()).isEqualTo("closed 1006 ");
    }
  }

  private WebSocket connect(TestGateway gateway, SocketEar ear) {
    return http.newWebSocketBuilder()
        .header("authorization", "Bearer " + token())
        .buildAsync(URI.create("ws://127.0.0.1:" + gateway.address().getPort() + "/chat"), ear)
        .join();
  }

  @Test
  void theJdksClientAndItsServer() throws Exception {
    try (Peer server = server();
        TestGateway gateway = gateway(url(server))) {
      BufferedReader said = server.process().inputReader();
      SocketEar ear = new SocketEar();
      WebSocket socket = connect(gateway, ear);
      socket.sendText("in ", false).join();
      socket.sendText("two", true).join();
      assertThat(ear.next()).isEqualTo("in two");
      socket.sendPing(ByteBuffer.wrap(new byte[5])).join();
      assertThat(ear.next()).isEqualTo("pong 5");
      socket.sendText("ping", true).join();
      assertThat(ear.next()).isEqualTo("pong of the server");
      sendMuch(socket);
      Eventually.holds("all came back", () -> ear.octets() == (long) MUCH * MEBIBYTE);
      socket.sendClose(4002, "done").join();
      assertThat(ear.closed()).isEqualTo(4002);
      assertThat(said.readLine()).isEqualTo("closed 4002 done");
    }
  }

  /** One message, of as many frames as its parts, which comes back in a single frame. */
  private static void sendMuch(WebSocket socket) {
    for (int i = 1; i <= MUCH; i++) {
      socket.sendBinary(ByteBuffer.wrap(new byte[MEBIBYTE]), i == MUCH).join();
    }
  }

  @Test
  void theServerEndsItAndEitherSideVanishes() throws Exception {
    try (Peer server = server();
        TestGateway gateway = gateway(url(server))) {
      BufferedReader said = server.process().inputReader();
      SocketEar closed = new SocketEar();
      connect(gateway, closed).sendText("close 4001 enough", true).join();
      assertThat(closed.closed()).isEqualTo(4001);
      assertThat(said.readLine()).startsWith("closed 4001");
      SocketEar left = new SocketEar();
      connect(gateway, left).sendText("vanish", true).join();
      assertThat(left.closed()).isEqualTo(SocketEar.BROKEN);
      assertThat(said.readLine()).startsWith("closed 1006");
      connect(gateway, new SocketEar()).abort();
      assertThat(said.readLine()).startsWith("closed 1006");
    }
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.EchoSocket;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many connections that were upgraded, and on which nothing is said. */
class IdleWebSocketsTest {
  private static final int SOCKETS = 1_000;
  private static final String UPGRADE =
      TestGateway.request(
          "GET",
          "/chat",
          "Connection: upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

  private static TestGateway gateway(EchoSocket api, String idle) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstreams:
              api: {url: '%s', timeouts: {idle: %s}, connections: {perHost: %d}}
            routes:
              - {path: /chat, upstream: api, methods: {GET: public}}
            """
                .formatted(api.url(), idle, SOCKETS)));
  }

  private static List<RawClient> open(TestGateway gateway) throws IOException {
    List<RawClient> sockets = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      RawClient client = new RawClient(gateway.address());
      sockets.add(client);
      assertThat(client.send(UPGRADE).read("GET").status()).isEqualTo(101);
    }
    return sockets;
  }

  /** Each is ended on both sides once {@code timeouts.idle} of its upstream is over. */
  @Test
  void c14AThousandThatRestAreEndedAndLeaveNothing() throws IOException {
    try (EchoSocket api = new EchoSocket();
        TestGateway gateway = gateway(api, "1s")) {
      for (RawClient one : open(gateway)) {
        assertThat(one.readToEnd()).isEmpty();
        one.close();
      }
      Eventually.holds("upstream", () -> api.open() == 0);
      Eventually.holds("to clients", () -> gateway.metric("discreet_connections") == 0);
      Eventually.holds("counted", () -> gateway.metric("discreet_upstream_connections") == 0);
    }
  }

  @Test
  void c14AThousandAtOnceAreServed() throws IOException {
    try (EchoSocket api = new EchoSocket();
        TestGateway gateway = gateway(api, "60s")) {
      List<RawClient> sockets = open(gateway);
      assertThat(api.open()).isEqualTo(SOCKETS);
      for (RawClient one : sockets) {
        one.send("\u0081\u0085\0\0\0\0hello");
        assertThat(one.input().readNBytes(7)).containsExactly(0x81, 5, 'h', 'e', 'l', 'l', 'o');
        one.close();
      }
      Eventually.holds("upstream", () -> api.open() == 0);
    }
  }
}

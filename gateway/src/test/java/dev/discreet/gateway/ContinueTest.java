package dev.discreet.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose time runs while a client waits for a 100 (SPEC §6). */
class ContinueTest {
  private static final int BODY_MILLIS = 200;
  private static final String POST =
      TestGateway.request("POST", "/file", "Content-Length: 2", "Expect: 100-continue");

  private static TestGateway before(ServerSocket api) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            timeouts: {body: %dms}
            upstreams: {api: {url: 'http://127.0.0.1:%d'}}
            routes:
              - {path: /file, upstream: api, methods: {POST: public}}
            """
                .formatted(BODY_MILLIS, api.getLocalPort())));
  }

  private static void say(Socket upstream, String octets) throws IOException {
    upstream.getOutputStream().write(octets.getBytes(US_ASCII));
  }

  @Test
  void whoWaitsForA100IsNotTooSlowHoweverLongTheUpstreamTakes() throws IOException {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestGateway gateway = before(api);
        RawClient client = new RawClient(gateway.address())) {
      client.send(POST);
      try (Socket upstream = api.accept()) {
        assertThat(client.readFor(2 * BODY_MILLIS)).as("before the upstream says 100").isEmpty();
        say(upstream, "HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.read("POST").status()).isEqualTo(100);
        client.send("hi");
        say(upstream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(client.read("POST").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whoWasToldToContinueAndDoesNotIsTooSlow() throws IOException {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestGateway gateway = before(api);
        RawClient client = new RawClient(gateway.address())) {
      client.send(POST);
      try (Socket upstream = api.accept()) {
        say(upstream, "HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(RawClient.statuses(client.readToEnd())).containsExactly(100, 408);
      }
    }
  }

  /** It does not wait: it sent a part, and its next part is waited for as any other's. */
  @Test
  void whoSendsWithoutWaitingIsHeldToItsTime() throws IOException {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestGateway gateway = before(api);
        RawClient client = new RawClient(gateway.address())) {
      client.send(POST + "h");
      try (Socket upstream = api.accept()) {
        assertThat(RawClient.statuses(client.readToEnd())).containsExactly(408);
        assertThat(upstream.getInputStream().readAllBytes()).isNotEmpty();
      }
    }
  }
}

package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of a connection that ends before its answer: who ended it, and why. */
class CutTest {
  private static final String ROUTE = "\"route\":\"/accounts/{account}/documents/{document}\"";
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    end.countDown();
  }

  private String held() {
    reached.countDown();
    try {
      assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  }

  /** Sends a request of {@code method} that the API holds. */
  private void reach(DocumentsWorld world, RawClient client, String method, String permission)
      throws Exception {
    world.api().answering(request -> held());
    client.send(TestGateway.request(method, OWN, world.member(permission)));
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aGatewayThatGoesDownBeforeTheAnswerSaysSo() throws Exception {
    DocumentsWorld world = new DocumentsWorld();
    try (RawClient client = new RawClient(world.gateway().address())) {
      reach(world, client, "GET", "documents:read");
      world.close();
      assertThat(client.readToEnd()).isEmpty();
      assertThat(world.gateway().logged("\"reason\":\"the gateway went down\""))
          .contains("\"status\":0,\"decision\":\"forward\",\"row\":\"5\"", ROUTE);
    }
  }

  @Test
  void aGatewayThatGoesDownWithinTheAnswerSaysSo() throws Exception {
    DocumentsWorld world = new DocumentsWorld();
    try (RawClient client = new RawClient(world.gateway().address())) {
      world.api().answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
      client.send(TestGateway.request("GET", OWN, world.member("documents:read")));
      StringBuilder got = new StringBuilder();
      while (!got.toString().endsWith("hello")) {
        got.append((char) client.input().read());
      }
      world.close();
      assertThat(world.gateway().logged("\"reason\":\"the gateway went down\""))
          .contains("\"status\":200,\"decision\":\"forward\"", "\"bytes\":5");
    }
  }

  @Test
  void aGatewayThatGoesDownBeforeTheDecisionSaysSo() throws Exception {
    DocumentsWorld world = new DocumentsWorld();
    try (RawClient client = new RawClient(world.gateway().address())) {
      reach(world, client, "DELETE", "documents:list");
      world.close();
      assertThat(world.gateway().logged("\"reason\":\"the gateway went down\""))
          .contains("\"status\":0,\"decision\":\"unavailable\",\"reason\"", ROUTE);
    }
  }

  @Test
  void aClientThatDoesNotTakeItsAnswerIsCutAndThatIsSaid() throws IOException {
    String body = "x".repeat(16 << 20);
    try (DocumentsWorld world = new DocumentsWorld("timeouts: {idle: 200ms}", "probe: {}");
        RawClient client = new RawClient(world.gateway().address())) {
      world
          .api()
          .answering(
              request -> "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      client.send(TestGateway.request("GET", OWN, world.member("documents:read")));
      assertThat(world.gateway().logged("took too long to take its answer"))
          .contains("\"status\":200,\"decision\":\"forward\"");
    }
  }

  /** The upstream answers before the body is through, and the client stops sending meanwhile. */
  @Test
  void aClientThatIsTooSlowWithABodyThatNobodyWantsIsCutAndThatIsSaid() throws IOException {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestGateway gateway =
            TestGateway.start(
                Map.of(
                    "gateway.yaml",
                    """
                    listen: 127.0.0.1:0
                    admin: 127.0.0.1:0
                    timeouts: {body: 200ms}
                    upstreams: {api: {url: 'http://127.0.0.1:%d'}}
                    routes:
                      - {path: /file, upstream: api, methods: {PUT: public}}
                    """
                        .formatted(api.getLocalPort())));
        RawClient client = new RawClient(gateway.address())) {
      client.send(TestGateway.request("PUT", "/file", "Content-Length: 5"));
      try (Socket upstream = api.accept()) {
        String begun = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello";
        upstream.getOutputStream().write(begun.getBytes(US_ASCII));
        assertThat(gateway.logged("/file"))
            .contains("\"status\":200,\"decision\":\"forward\"")
            .contains("\"reason\":\"the client took too long\"");
      }
    }
  }

  /** No step of the decision refused it: it is not rejected, and its route was found. */
  @Test
  void aClientThatLeavesDuringAProbeIsOnRecordWithItsRoute() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld()) {
      try (RawClient client = new RawClient(world.gateway().address())) {
        reach(world, client, "DELETE", "documents:list");
      }
      assertThat(world.gateway().logged("\"status\":499"))
          .contains(ROUTE, "\"decision\":\"unavailable\",\"reason\":\"the client left");
    }
  }
}

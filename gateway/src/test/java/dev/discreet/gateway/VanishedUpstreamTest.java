package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2Server;
import dev.discreet.testing.RawHttp2Server.Request;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Upstreams of HTTP/2 that answer no request, and those that answer nothing at all. */
@Timeout(60)
class VanishedUpstreamTest {
  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();

  private static TestGateway gateway(RawHttp2Server api) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            upstreams: {api: {url: '%s', protocol: h2, timeouts: {connect: 2s, response: 2s}}}
            routes:
              - {path: '/**', upstream: api, methods: {GET: public}}
              - {path: '/long/**', upstream: api, methods: {POST: public}, timeouts: {response: 20s}}
            """
                .formatted(api.url())));
  }

  /** Over one connection, and so by one event loop, whose connections upstream are its own. */
  private static int status(RawClient client, String path) throws IOException {
    return client.send(TestGateway.request("GET", path)).read("GET").status();
  }

  private RawHttp2Server api(RawHttp2Server.Handler slow) throws IOException {
    return new RawHttp2Server(
        request -> {
          requests.add(request);
          if (request.head().contains("/slow\n")) {
            slow.on(request);
          } else {
            request.ok();
          }
        });
  }

  @Test
  void whatAnswersNoPingGetsNoFurtherStreamAndIsClosed() throws Exception {
    try (RawHttp2Server api = api(request -> request.peer().vanish());
        TestGateway gateway = gateway(api);
        RawClient client = new RawClient(gateway.address())) {
      assertThat(status(client, "/slow")).isEqualTo(504);
      assertThat(status(client, "/a")).isEqualTo(200);
      assertThat(requests).extracting(Request::connection).containsExactly(1, 2);
      Eventually.holds("the first is closed", () -> api.open() == 1);
      assertThat(status(client, "/b")).isEqualTo(200);
      assertThat(api.connections()).isEqualTo(2);
    }
  }

  /** To be sent again it would have to be idempotent. */
  @Test
  void theLogSaysWhyItsOtherStreamsEnded() throws Exception {
    try (RawHttp2Server api = api(request -> request.peer().vanish());
        TestGateway gateway = gateway(api);
        RawHttp2 client = new RawHttp2(gateway.address())) {
      client.send(1, RawHttp2.request("GET", "/slow"));
      client.send(3, RawHttp2.request("POST", "/long/slow"));
      assertThat(client.await(3).status()).isEqualTo(502);
      assertThat(gateway.logged("\"path\":\"/long/slow\""))
          .contains("\"reason\":\"upstream: it did not answer a PING within 2000 ms\"");
    }
  }

  @Test
  void whatAnswersPingsIsOnlySlow() throws Exception {
    try (RawHttp2Server api = api(request -> {});
        TestGateway gateway = gateway(api);
        RawClient client = new RawClient(gateway.address())) {
      assertThat(status(client, "/slow")).isEqualTo(504);
      Eventually.holds("it is asked", () -> api.pings() == 1);
      Eventually.holds("it is used again", () -> connectionOfNext(client) == 1);
      assertThat(api.open()).isEqualTo(api.connections());
    }
  }

  private int connectionOfNext(RawClient client) throws IOException {
    requests.clear();
    assertThat(status(client, "/a")).isEqualTo(200);
    return requests.element().connection();
  }
}

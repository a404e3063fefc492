package dev.discreet.gateway;

import static dev.discreet.testing.RawHttp2.DATA;
import static dev.discreet.testing.RawHttp2.END_HEADERS;
import static dev.discreet.testing.RawHttp2.END_STREAM;
import static dev.discreet.testing.RawHttp2.HEADERS;
import static dev.discreet.testing.RawHttp2.NONE;
import static dev.discreet.testing.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2.Stream;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections and streams of HTTP/2 end. */
@Timeout(60)
class Http2LifecycleTest {
  private static final int NO_ERROR = 0;
  private static final int CANCEL = 8;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  private static TestGateway gateway(CountingApi api, String more) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstreams: {api: {url: '%s', timeouts: {idle: 500ms}}}
            %s
            routes:
              - {path: '/pub/**', upstream: api, methods: {GET: public, PUT: public}}
            """
                .formatted(api.url(), more)));
  }

  private static List<String> get(String path) {
    return RawHttp2.request("GET", path);
  }

  private String held(CountingApi.Seen request) {
    if (!request.target().equals("/pub/held")) {
      return OK;
    }
    reached.countDown();
    try {
      assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  /** L-02: announced, then named, and what runs is answered. */
  @Test
  void theGatewayGoesDown() throws Exception {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "timeouts: {lameDuck: 300ms, drain: 20s}");
        RawHttp2 busy = new RawHttp2(gateway.address());
        RawHttp2 idle = new RawHttp2(gateway.address())) {
      api.answering(this::held);
      idle.send(1, get("/pub/a"));
      assertThat(idle.await(1).status()).isEqualTo(200);
      busy.send(1, get("/pub/held"));
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      Thread down = Thread.ofVirtual().start(() -> shutDown(gateway));
      assertThat(busy.awaitFrame(RawHttp2.GOAWAY)).isTrue();
      busy.send(3, get("/pub/b"));
      assertThat(busy.await(3).body()).as("one that had not heard of it").isEqualTo("ok");
      assertThat(idle.awaitEnd().goAways()).containsExactly(Integer.MAX_VALUE, 1);
      answer.countDown();
      assertThat(busy.await(1).body()).isEqualTo("ok");
      assertThat(busy.awaitEnd().goAways()).containsExactly(Integer.MAX_VALUE, 3);
      assertThat(busy.goAwayCode()).isEqualTo(NO_ERROR);
      down.join();
      assertThat(gateway.log().lines()).hasSize(3).allMatch(line -> line.contains(":200,"));
    }
  }

  private static void shutDown(TestGateway gateway) {
    try {
      gateway.server().shutdown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aConnectionHasHadItsRequests() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "limits: {requestsPerConnection: 2}");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      api.answering(request -> OK);
      client.send(1, get("/pub/a")).send(3, get("/pub/b"));
      client.awaitEnd();
      assertThat(client.stream(1).body()).isEqualTo("ok");
      assertThat(client.stream(3).body()).isEqualTo("ok");
      assertThat(client.goAways()).containsExactly(3);
    }
  }

  @Test
  void aConnectionRests() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "timeouts: {idle: 300ms}");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      api.answering(request -> OK);
      client.send(1, get("/pub/a"));
      assertThat(client.awaitEnd().stream(1).body()).isEqualTo("ok");
      assertThat(client.goAways()).containsExactly(1);
      assertThat(client.goAwayCode()).isEqualTo(NO_ERROR);
    }
  }

  /** F-10: the one stream alone is reset. */
  @Test
  void theUpstreamBreaksOff() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      api.answering(
          request ->
              request.target().equals("/pub/short")
                  ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"
                  : OK);
      Stream cut = client.send(1, get("/pub/short")).awaitReset(1);
      assertThat(cut.status()).isEqualTo(200);
      assertThat(cut.body()).isEqualTo("hello");
      assertThat(cut.ended()).isFalse();
      client.send(3, get("/pub/a"));
      assertThat(client.await(3).body()).isEqualTo("ok");
    }
  }

  /** C-08. */
  @Test
  void theClientCancels() throws Exception {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      api.answering(this::held);
      client.send(1, get("/pub/held"));
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      client.frame(RST_STREAM, NONE, 1, new byte[] {0, 0, 0, CANCEL});
      assertThat(gateway.logged("\"path\":\"/pub/held\"")).contains("\"status\":499");
      client.send(3, get("/pub/a"));
      assertThat(client.await(3).body()).isEqualTo("ok");
      answer.countDown();
    }
  }

  /** C-02. */
  @Test
  void theBodyIsSlow() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "timeouts: {body: 300ms}");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      api.answering(request -> OK);
      client.frame(HEADERS, END_HEADERS, 1, RawHttp2.fields(RawHttp2.request("PUT", "/pub/slow")));
      client.frame(DATA, NONE, 1, new byte[3]);
      Stream slow = client.awaitReset(1);
      assertThat(slow.status()).isEqualTo(408);
      assertThat(slow.ended()).isTrue();
      assertThat(slow.resetCode()).isEqualTo(NO_ERROR);
      Eventually.holds(
          "nothing whole was seen", () -> api.seen().stream().noneMatch(CountingApi.Seen::whole));
    }
  }

  @Test
  void theHeadIsSlow() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "timeouts: {header: 300ms}");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      api.answering(request -> OK);
      client.send(1, get("/pub/a"));
      assertThat(client.await(1).body()).isEqualTo("ok");
      client.frame(HEADERS, END_STREAM, 3, RawHttp2.fields(get("/pub/b")));
      assertThat(client.awaitEnd().stream(3).heads()).isEmpty();
      assertThat(api.seen()).hasSize(1);
    }
  }

  /** A client that grants no window is not waited for. */
  @Test
  void theAnswerIsNotTaken() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "timeouts: {idle: 500ms}");
        RawHttp2 client = new RawHttp2(gateway.address())) {
      String large = "x".repeat(400_000);
      api.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n" + large);
      Stream stalled = client.send(1, get("/pub/large")).awaitReset(1);
      assertThat(stalled.body()).hasSize(65_535);
      assertThat(stalled.ended()).isFalse();
    }
  }

  @Test
  void thePrefaceIsSlow() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "timeouts: {header: 300ms}");
        RawClient client = new RawClient(gateway.address())) {
      client.send("PRI * HTTP/2.0\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
    }
  }

  /** H-22: what begins like the preface and is none is read as HTTP/1.1. */
  @Test
  void thePrefaceIsNone() throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api, "");
        RawClient client = new RawClient(gateway.address())) {
      client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 505 ");
    }
  }
}

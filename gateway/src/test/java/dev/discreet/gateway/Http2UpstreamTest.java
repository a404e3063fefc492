package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2Server;
import dev.discreet.testing.RawHttp2Server.Request;
import dev.discreet.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an upstream of HTTP/2 may do, and what the client then hears. */
@Timeout(60)
class Http2UpstreamTest {
  private static final int REFUSED_STREAM = 7;
  private static final int INTERNAL_ERROR = 2;
  private static final int ENHANCE_YOUR_CALM = 11;

  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private RawHttp2Server.Handler handler = Request::ok;
  private final RawHttp2Server api;
  private final TestGateway gateway;

  Http2UpstreamTest() throws IOException {
    api =
        new RawHttp2Server(
            request -> {
              requests.add(request);
              handler.on(request);
            });
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                limits: {headers: 4KiB}
                upstreams:
                  api:
                    url: '%s'
                    protocol: h2
                    timeouts: {response: 2s, idle: 2s}
                    connections: {idle: 1s}
                routes:
                  - {path: '/**', upstream: api, methods: {GET: public, PUT: public, HEAD: public}}
                """
                    .formatted(api.url())));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    api.close();
  }

  private Answer get() throws IOException {
    return gateway.call("GET", "/a?b");
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  @Test
  void aRequestIsOneStream() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      for (int i = 0; i < 3; i++) {
        Answer answer =
            client.send(TestGateway.request("GET", "/a?b", "te: trailers", "x-a: 1")).read("GET");
        assertThat(answer.status()).isEqualTo(200);
      }
    }
    assertThat(api.connections()).isEqualTo(1);
    assertThat(requests.element().head())
        .contains(":method: GET", ":scheme: http", ":path: /a?b", "te: trailers", "x-a: 1")
        .doesNotContain("\nhost:", "connection");
  }

  @Test
  void lengthAndTrailersBecomeThoseOfHttp1() throws IOException {
    handler =
        request -> {
          request.head(RawHttp2.NONE, ":status", "103", "link", "</a>");
          request.head(RawHttp2.NONE, ":status", "200");
          request.frame(RawHttp2.DATA, RawHttp2.NONE, (byte) 'o', (byte) 'k');
          request.head(RawHttp2.END_STREAM, "x-sum", "1");
        };
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(TestGateway.request("GET", "/a", "Connection: close"));
      String said = client.readToEnd();
      assertThat(RawClient.statuses(said)).containsExactly(103, 200);
      assertThat(said).contains("transfer-encoding: chunked").endsWith("x-sum: 1\r\n\r\n");
    }
  }

  @Test
  void aHeadAloneIsAWholeAnswer() throws IOException {
    handler = request -> request.head(RawHttp2.END_STREAM, ":status", "204");
    assertThat(gateway.call("GET", "/a", "Connection: close").status()).isEqualTo(204);
    handler =
        request -> request.head(RawHttp2.END_STREAM, ":status", "200", "content-length", "99");
    assertThat(gateway.call("HEAD", "/a").status()).isEqualTo(200);
  }

  /** RFC 9113 §8.7: refused is not processed, so sent again; whatever it is, without its body. */
  @Test
  void whatWasRefusedIsSentAgain() throws IOException {
    handler =
        request -> {
          if (requests.size() == 1) {
            request.frame(RawHttp2.RST_STREAM, RawHttp2.NONE, number(REFUSED_STREAM));
          } else {
            request.ok();
          }
        };
    assertThat(get().status()).isEqualTo(200);
    assertThat(requests).hasSize(2);
  }

  @Test
  void f32GoAway() throws IOException {
    handler =
        request -> {
          if (request.connection() == 1) {
            byte[] none = ByteBuffer.allocate(8).array();
            request.peer().send(RawHttp2.octets(RawHttp2.GOAWAY, RawHttp2.NONE, 0, none));
          } else {
            request.ok();
          }
        };
    try (RawClient client = new RawClient(gateway.address())) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(TestGateway.request("GET", "/a")).read("GET").status())
            .isEqualTo(200);
      }
    }
    assertThat(api.connections()).isEqualTo(2);
    Eventually.holds("the connection that leaves is closed", () -> api.open() == 1);
  }

  /** A session that has counted up to a limit of its own resets whatever comes next, for good. */
  @Test
  void aSessionThatHasTooMuchGetsNoMore() throws IOException {
    handler =
        request -> {
          if (request.connection() == 1) {
            request.frame(RawHttp2.RST_STREAM, RawHttp2.NONE, number(ENHANCE_YOUR_CALM));
          } else {
            request.ok();
          }
        };
    assertThat(get().status()).as("sent again, on another").isEqualTo(200);
    assertThat(requests).extracting(Request::connection).containsExactly(1, 2);
    Eventually.holds("the connection that has too much is closed", () -> api.open() == 1);
  }

  @Test
  void whatIsUnderWayOnASessionThatHasTooMuchGoesOn() throws IOException {
    handler =
        request -> {
          if (request.head().contains("/slow")) {
            request.head(RawHttp2.NONE, ":status", "200", "content-length", "2");
          } else if (request.connection() == 1) {
            request.frame(RawHttp2.RST_STREAM, RawHttp2.NONE, number(ENHANCE_YOUR_CALM));
          } else {
            request.ok();
          }
        };
    try (RawHttp2 client = new RawHttp2(gateway.address())) {
      client.send(1, RawHttp2.request("GET", "/slow")).send(3, RawHttp2.request("GET", "/next"));
      assertThat(client.await(3).status()).isEqualTo(200);
      assertThat(requests).extracting(Request::connection).containsExactly(1, 1, 2);
      requests.element().frame(RawHttp2.DATA, RawHttp2.END_STREAM, (byte) 'o', (byte) 'k');
      assertThat(client.await(1).body()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @CsvSource({"2, INTERNAL_ERROR", "11, ENHANCE_YOUR_CALM", "99, 99"})
  void theOperatorIsToldWhatItResetAStreamWith(int code, String name) throws Exception {
    handler = request -> request.frame(RawHttp2.RST_STREAM, RawHttp2.NONE, number(code));
    Answer put = gateway.call("PUT", "/a", "Content-Length: 2\r\n\r\nhi");
    assertThat(LogLine.of(gateway, put).get("reason"))
        .isEqualTo("upstream: it reset the stream (%s) before its answer".formatted(name));
  }

  /** RFC 9113 §5.1. */
  @Test
  void aStreamThatWasResetGetsNoMoreRoom() throws IOException {
    handler =
        request -> {
          if (requests.size() > 1) {
            request.ok();
            return;
          }
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          byte[] head = RawHttp2.fields(List.of(":status", "99"));
          all.writeBytes(
              RawHttp2.octets(RawHttp2.HEADERS, RawHttp2.END_HEADERS, request.stream(), head));
          byte[] data = new byte[16_384];
          for (int i = 0; i < 3; i++) {
            all.writeBytes(RawHttp2.octets(RawHttp2.DATA, RawHttp2.NONE, request.stream(), data));
          }
          request.peer().send(all.toByteArray());
        };
    String get = TestGateway.request("GET", "/a");
    try (RawClient client = new RawClient(gateway.address())) {
      assertThat(client.send(get).read("GET").status()).isEqualTo(502);
      assertThat(client.send(get).read("GET").status())
          .as("behind all that was sent for the first")
          .isEqualTo(200);
    }
    int stream = requests.element().stream();
    assertThat(api.resets()).contains(stream);
    assertThat(api.connections()).isEqualTo(1);
    Eventually.holds("its octets are given back", () -> api.windows().contains(0));
    assertThat(api.windows()).doesNotContain(stream);
  }

  @Test
  void whatWasBegunIsNotSentAgain() throws IOException {
    handler = request -> request.frame(RawHttp2.RST_STREAM, 0, number(INTERNAL_ERROR));
    Answer put = gateway.call("PUT", "/a", "Content-Length: 2\r\n\r\nhi");
    assertThat(put.status()).isEqualTo(502);
    assertThat(requests).hasSize(1);
  }

  @Test
  void anAnswerThatBreaksOffIsCut() throws IOException {
    handler =
        request -> {
          request.head(RawHttp2.NONE, ":status", "200", "content-length", "5");
          request.frame(RawHttp2.DATA, RawHttp2.NONE, (byte) 'o');
          request.frame(RawHttp2.RST_STREAM, RawHttp2.NONE, number(INTERNAL_ERROR));
        };
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(TestGateway.request("GET", "/a"));
      assertThat(client.readToEnd()).contains("content-length: 5").endsWith("\r\n\r\no");
    }
    handler = Request::ok;
    assertThat(get().status()).isEqualTo(200);
  }

  /** Its length is all there, and yet it is malformed: the client must not take it for whole. */
  @Test
  void anAnswerIsWholeWithTheEndOfItsStream() throws IOException {
    handler =
        request -> {
          request.head(RawHttp2.NONE, ":status", "200", "content-length", "2");
          request.frame(RawHttp2.DATA, RawHttp2.NONE, (byte) 'o');
          request.frame(RawHttp2.DATA, RawHttp2.NONE, (byte) 'k');
          request.head(RawHttp2.END_STREAM, "X-Upper", "a");
        };
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(TestGateway.request("GET", "/a"));
      assertThat(client.readToEnd()).contains("content-length: 2").endsWith("\r\n\r\no");
    }
  }

  /** SPEC §7: malformed is 502, and what was relayed before it never completes. */
  @ParameterizedTest
  @CsvSource({
    ":status, 99",
    ":status, 101",
    ":status, 2000",
    "x-none, 200",
    ":path, /",
  })
  void noStatus(String name, String value) throws IOException {
    handler = request -> request.head(RawHttp2.NONE, name, value);
    assertThat(get().status()).isEqualTo(502);
    Eventually.holds("its stream is reset", () -> !api.resets().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "X-Upper, a",
    "connection, close",
    "transfer-encoding, chunked",
    "x-blank, ' a'",
    "content-length, +1",
    ":status, 200",
  })
  void malformedFields(String name, String value) throws IOException {
    handler = request -> request.head(RawHttp2.END_STREAM, ":status", "200", name, value);
    assertThat(get().status()).isEqualTo(502);
  }

  /** F-20. */
  @Test
  void aHeadThatIsTooLarge() throws IOException {
    handler = request -> request.head(1, ":status", "200", "x", "y".repeat(5000));
    assertThat(get().status()).isEqualTo(502);
    handler = Request::ok;
    assertThat(get().status()).isEqualTo(200);
  }

  @Test
  void aBodyOfAnotherLength() throws IOException {
    handler = request -> request.head(1, ":status", "200", "content-length", "2");
    assertThat(get().status()).isEqualTo(502);
  }

  @Test
  void itIsSlow() throws IOException {
    handler = request -> {};
    assertThat(get().status()).isEqualTo(504);
    Eventually.holds("its stream is reset", () -> api.resets().size() == 1);
  }

  @Test
  void aConnectionThatRestsIsClosed() throws IOException {
    assertThat(get().status()).isEqualTo(200);
    Eventually.holds("it is closed", () -> api.open() == 0);
    assertThat(get().status()).isEqualTo(200);
  }
}

package dev.discreet.gateway;

import static dev.discreet.testing.RawHttp2.ACK;
import static dev.discreet.testing.RawHttp2.CONTINUATION;
import static dev.discreet.testing.RawHttp2.DATA;
import static dev.discreet.testing.RawHttp2.END_HEADERS;
import static dev.discreet.testing.RawHttp2.END_STREAM;
import static dev.discreet.testing.RawHttp2.HEADERS;
import static dev.discreet.testing.RawHttp2.NONE;
import static dev.discreet.testing.RawHttp2.PING;
import static dev.discreet.testing.RawHttp2.PRIORITY;
import static dev.discreet.testing.RawHttp2.PUSH_PROMISE;
import static dev.discreet.testing.RawHttp2.RST_STREAM;
import static dev.discreet.testing.RawHttp2.SETTINGS;
import static dev.discreet.testing.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a client of HTTP/2 can do to cost us more than it costs him (RFC 9113 §10.5), by its id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2FloodTest {
  private static final int PROTOCOL_ERROR = 1;
  private static final int REFUSED_STREAM = 7;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int UNKNOWN_TYPE = 0xfa;

  private final CountingApi api;
  private final TestGateway gateway;

  Http2FloodTest() throws IOException {
    api = new CountingApi();
    api.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstreams: {api: {url: '%s'}}
                limits: {concurrentStreams: 5, headers: 16KiB}
                routes:
                  - {path: /pub, upstream: api, methods: {GET: public, POST: public}}
                """
                    .formatted(api.url())));
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    api.close();
  }

  /** Whoever was thrown out: the next is served. */
  @AfterEach
  void othersAreServed() throws IOException {
    try (RawHttp2 other = client()) {
      other.send(1, RawHttp2.request("GET", "/pub"));
      assertThat(other.await(1).status()).isEqualTo(200);
    }
  }

  private RawHttp2 client() throws IOException {
    return new RawHttp2(gateway.address());
  }

  /** Sends a flood; the connection may end before it is through. */
  private static void flood(RawHttp2 client, byte[] frames, int times) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(frames);
    }
    try {
      client.octets(all.toByteArray());
    } catch (SocketException closed) {
      assertThat(closed).isNotNull();
    }
  }

  private static byte[] headersOf(String path, int stream) {
    return RawHttp2.octets(
        HEADERS, END_HEADERS, stream, RawHttp2.fields(RawHttp2.request("POST", path)));
  }

  private static byte[] headers(int stream, int flags) {
    return RawHttp2.octets(
        HEADERS, flags | END_HEADERS, stream, RawHttp2.fields(RawHttp2.request("POST", "/pub")));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** H-01, CVE-2023-44487. */
  @Test
  void rapidReset() throws IOException {
    try (RawHttp2 client = client()) {
      for (int i = 0; i < 201; i++) {
        flood(client, headers(2 * i + 1, NONE), 1);
        flood(client, RawHttp2.octets(RST_STREAM, NONE, 2 * i + 1, number(8)), 1);
      }
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  @Test
  void twoHundredResetsAreBorne() throws IOException {
    try (RawHttp2 client = client()) {
      for (int i = 0; i < 200; i++) {
        client.octets(headers(2 * i + 1, NONE));
        client.frame(RST_STREAM, NONE, 2 * i + 1, number(8));
      }
      client.send(401, RawHttp2.request("GET", "/pub"));
      assertThat(client.await(401).status()).isEqualTo(200);
    }
  }

  /** What was on its way when we reset a stream is nobody's fault (RFC 9113 §5.1). */
  @Test
  void refusedBodiesThatAreOnTheirWayAreBorne() throws IOException {
    try (RawHttp2 client = client()) {
      for (int stream = 1; stream < 2 * 60; stream += 2) {
        client.octets(headersOf("/closed", stream));
        assertThat(client.awaitReset(stream).status()).isEqualTo(401);
        flood(client, RawHttp2.octets(DATA, NONE, stream, new byte[16_000]), 4);
        client.octets(headersOf("/closed", stream));
        assertThat(client.stream(stream).resetCode()).isZero();
      }
      client.send(201, RawHttp2.request("GET", "/pub"));
      assertThat(client.await(201).status()).isEqualTo(200);
      assertThat(client.stream(119).resetCode()).isZero();
    }
  }

  @Test
  void moreThanCanBeOnItsWayIsNot() throws IOException {
    try (RawHttp2 client = client()) {
      client.octets(headersOf("/closed", 1));
      assertThat(client.awaitReset(1).resetCode()).isZero();
      flood(client, RawHttp2.octets(DATA, NONE, 1, new byte[16_000]), 205);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** H-02, CVE-2025-8671: what the client does makes us reset. */
  @Test
  void madeYouResetByWindowUpdate() throws IOException {
    try (RawHttp2 client = client()) {
      for (int i = 0; i < 201; i++) {
        flood(client, headers(2 * i + 1, NONE), 1);
        flood(client, RawHttp2.octets(WINDOW_UPDATE, NONE, 2 * i + 1, number(0)), 1);
      }
      assertThat(client.awaitEnd().goAwayCode()).isIn(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);
    }
  }

  /** H-04. */
  @Test
  void madeYouResetByPriority() throws IOException {
    try (RawHttp2 client = client()) {
      for (int i = 0; i < 201; i++) {
        flood(client, headers(2 * i + 1, NONE), 1);
        flood(client, RawHttp2.octets(PRIORITY, NONE, 2 * i + 1, new byte[4]), 1);
      }
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** H-06: a head behind the end of its stream. */
  @Test
  void headsBehindTheEnd() throws IOException {
    try (RawHttp2 client = client()) {
      client.send(1, RawHttp2.request("GET", "/pub"));
      assertThat(client.await(1).status()).isEqualTo(200);
      client.send(1, RawHttp2.request("GET", "/pub"));
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(5);
    }
  }

  /** H-08, VU#421644. */
  @Test
  void continuationFlood() throws IOException {
    try (RawHttp2 client = client()) {
      byte[] part = RawHttp2.fields(List.of("x", "y".repeat(1000)));
      client.frame(HEADERS, END_STREAM, 1, RawHttp2.fields(RawHttp2.request("GET", "/pub")));
      flood(client, RawHttp2.octets(CONTINUATION, NONE, 1, part), 1000);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** H-10: one field in the table, named ten thousand times. */
  @Test
  void hpackBomb() throws IOException {
    try (RawHttp2 client = client()) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(RawHttp2.fields(RawHttp2.request("GET", "/pub")));
      byte[] large = RawHttp2.fields(List.of("x", "y".repeat(2000)));
      // The same literal, but into the table (RFC 7541 §6.2.1); then its index, 62.
      large[0] = 0x40;
      block.writeBytes(large);
      for (int i = 0; i < 10_000; i++) {
        block.write(0x80 | 62);
      }
      client.frame(HEADERS, END_HEADERS | END_STREAM, 1, block.toByteArray());
      assertThat(client.await(1).status()).isEqualTo(431);
      client.send(3, RawHttp2.request("GET", "/pub"));
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void aHeadThatIsTooLargeIsAnswered() throws IOException {
    try (RawHttp2 client = client()) {
      client.send(1, RawHttp2.request("GET", "/pub", "x", "y".repeat(16_300)));
      assertThat(client.await(1).status()).isEqualTo(431);
      client.send(3, RawHttp2.request("GET", "/" + "y".repeat(9_000)));
      assertThat(client.await(3).status()).isEqualTo(414);
      client.send(5, tooMany());
      assertThat(client.await(5).status()).isEqualTo(431);
    }
  }

  private static List<String> tooMany() {
    List<String> fields = RawHttp2.request("GET", "/pub");
    fields.addAll(Collections.nCopies(2 * 101, "x"));
    return fields;
  }

  /** H-12. */
  @Test
  void pingFlood() throws IOException {
    try (RawHttp2 client = client()) {
      flood(client, RawHttp2.octets(PING, NONE, 0, new byte[8]), 3000);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  @Test
  void settingsFlood() throws IOException {
    try (RawHttp2 client = client()) {
      flood(client, RawHttp2.octets(SETTINGS, NONE, 0), 3000);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** H-14. */
  @Test
  void windowUpdateFlood() throws IOException {
    try (RawHttp2 client = client()) {
      flood(client, RawHttp2.octets(WINDOW_UPDATE, NONE, 0, number(1)), 3000);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** H-16. */
  @Test
  void priorityFlood() throws IOException {
    try (RawHttp2 client = client()) {
      flood(client, RawHttp2.octets(PRIORITY, NONE, 1, new byte[5]), 3000);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  /** H-20. */
  @Test
  void framesThatNobodyKnows() throws IOException {
    try (RawHttp2 client = client()) {
      flood(client, RawHttp2.octets(UNKNOWN_TYPE, NONE, 0, new byte[8]), 100);
      client.send(1, RawHttp2.request("GET", "/pub"));
      assertThat(client.await(1).status()).isEqualTo(200);
      flood(client, RawHttp2.octets(UNKNOWN_TYPE, NONE, 0, new byte[8]), 3000);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  @Test
  void emptyData() throws IOException {
    try (RawHttp2 client = client()) {
      client.octets(headers(1, NONE));
      flood(client, RawHttp2.octets(DATA, NONE, 1), 17);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  @Test
  void tooManyStreamsAtOnce() throws IOException {
    try (RawHttp2 client = client()) {
      for (int i = 0; i < 6; i++) {
        client.octets(headers(2 * i + 1, NONE));
      }
      assertThat(client.awaitReset(11).resetCode()).isEqualTo(REFUSED_STREAM);
      client.frame(DATA, END_STREAM, 1);
      assertThat(client.await(1).status()).isEqualTo(200);
    }
  }

  /** H-18: advisory, so answered. */
  @Test
  void aClientThatWantsNoFields() throws IOException {
    try (RawHttp2 client = client()) {
      client.frame(SETTINGS, NONE, 0, ByteBuffer.allocate(6).putShort((short) 6).putInt(1).array());
      assertThat(client.awaitFrame(SETTINGS)).isTrue();
      client.frame(SETTINGS, ACK, 0);
      client.send(1, RawHttp2.request("GET", "/pub"));
      assertThat(client.await(1).status()).isEqualTo(200);
    }
  }

  /** H-24. */
  @Test
  void aPush() throws IOException {
    try (RawHttp2 client = client()) {
      byte[] head = RawHttp2.fields(RawHttp2.request("GET", "/pub"));
      byte[] promise = ByteBuffer.allocate(4 + head.length).putInt(2).put(head).array();
      client.octets(headers(1, NONE));
      client.frame(PUSH_PROMISE, END_HEADERS, 1, promise);
      assertThat(client.awaitEnd().goAwayCode()).isEqualTo(PROTOCOL_ERROR);
    }
  }
}

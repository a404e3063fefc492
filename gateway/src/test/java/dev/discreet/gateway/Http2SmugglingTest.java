package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Corpus;
import dev.discreet.testing.Corpus.Case;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * {@code corpora/smuggling.json}, kind {@code h2}: each head as it stands there, and what reached
 * the upstream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2SmugglingTest {
  private static final int PROTOCOL_ERROR = 1;

  /** Well-formed by RFC 9113; SPEC §7 refuses the path. */
  private static final Set<String> NOT_MALFORMED = Set.of("S-438");

  private final CountingApi api;
  private final TestGateway gateway;

  Http2SmugglingTest() throws IOException {
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

  @TestFactory
  List<DynamicTest> everyRequest() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : Corpus.list("smuggling.json")) {
      if (one.text("kind").equals("h2")) {
        tests.add(DynamicTest.dynamicTest(one.get("id") + " " + one.get("why"), () -> check(one)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests;
  }

  private void check(Case one) throws IOException {
    api.forget();
    try (RawHttp2 client = new RawHttp2(gateway.address())) {
      byte[] head = RawHttp2.fields(fields(one));
      if (one.has("h2_body")) {
        byte[] body = one.text("h2_body").getBytes(StandardCharsets.ISO_8859_1);
        client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
        client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, body);
      } else {
        client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, head);
      }
      if (one.object("expect").text("outcome").equals("forward")) {
        assertThat(client.await(1).status()).isEqualTo(200);
        assertThat(api.seen())
            .singleElement()
            .satisfies(
                seen -> {
                  assertThat(seen.target()).isEqualTo("/pub");
                  assertThat(seen.head()).doesNotContain("x-http2-");
                });
      } else {
        refused(client, NOT_MALFORMED.contains(one.text("id")));
      }
    }
  }

  /** With an answer, though it is malformed; the connection goes on. */
  private void refused(RawHttp2 client, boolean wellFormed) throws IOException {
    RawHttp2.Stream stream = wellFormed ? client.await(1) : client.awaitReset(1);
    assertThat(stream.status()).isEqualTo(400);
    assertThat(stream.body()).contains("\"status\":400");
    assertThat(stream.resetCode()).isEqualTo(wellFormed ? -1 : PROTOCOL_ERROR);
    assertThat(api.seen()).isEmpty();
    client.send(3, RawHttp2.request("GET", "/pub"));
    assertThat(client.await(3).status()).isEqualTo(200);
  }

  /** Its length is all there, and yet it is malformed: the upstream is not to act upon it. */
  @Test
  void aBodyIsWholeWithTheEndOfItsStream() throws IOException {
    api.forget();
    try (RawHttp2 client = new RawHttp2(gateway.address())) {
      List<String> head = RawHttp2.request("POST", "/pub", "content-length", "5");
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.fields(head));
      client.frame(RawHttp2.DATA, RawHttp2.NONE, 1, "hell".getBytes(StandardCharsets.US_ASCII));
      Eventually.holds("its head is sent on", () -> api.heads() == 1);
      client.frame(RawHttp2.DATA, RawHttp2.NONE, 1, "o".getBytes(StandardCharsets.US_ASCII));
      client.frame(RawHttp2.DATA, RawHttp2.NONE, 1);
      int last = RawHttp2.END_HEADERS | RawHttp2.END_STREAM;
      client.frame(RawHttp2.HEADERS, last, 1, RawHttp2.fields(List.of("X-Upper", "a")));
      assertThat(client.awaitReset(1).status()).isEqualTo(400);
      Eventually.holds("its connection is cut", () -> !api.seen().isEmpty());
      assertThat(api.seen().getFirst().whole()).isFalse();
    }
  }

  private static List<String> fields(Case one) {
    List<String> fields = new ArrayList<>();
    for (Object field : one.list("h2_headers")) {
      ((List<?>) field).forEach(part -> fields.add((String) part));
    }
    return fields;
  }
}

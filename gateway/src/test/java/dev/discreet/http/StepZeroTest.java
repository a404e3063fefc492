package dev.discreet.http;

import static dev.discreet.http.EmbeddedWorld.HIDDEN;
import static dev.discreet.http.EmbeddedWorld.MISSING;
import static dev.discreet.http.EmbeddedWorld.OWN;
import static dev.discreet.http.EmbeddedWorld.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Step 0 of SPEC §2: what this gateway does not read. It ends the connection, and nothing of it
 * depends on path, route, caller or upstream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepZeroTest {
  private final EmbeddedWorld world;
  private final String viewer;

  StepZeroTest() throws IOException {
    world = new EmbeddedWorld("");
    viewer = world.member("documents:list documents:read");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.api().forget();
  }

  /** Sends {@code octets} and a request behind them, which nobody may answer. */
  private StrictAnswer refused(String method, String octets) {
    try (EmbeddedClient client = world.connect()) {
      StrictAnswer answer = client.send(octets + TestGateway.request("GET", PUBLIC)).answer(method);
      assertThat(answer.value("connection")).isEqualTo("close");
      assertThat(client.open()).isFalse();
      assertThat(world.line(answer))
          .contains("\"decision\":\"rejected\"", "\"row\":\"0\"")
          .doesNotContain("\"route\"", "\"subject\"");
      assertThat(world.api().opened()).isZero();
      return answer;
    }
  }

  /** {@return the one shape that a refusal has, whoever asks for whatever} */
  private String refusedAlike(String method, String suffix, String... fields) {
    Set<String> shapes = new LinkedHashSet<>();
    for (String target : List.of(OWN, HIDDEN, MISSING, PUBLIC, "/nowhere")) {
      for (String credential : List.of("X-None: 1", viewer, "Authorization: Bearer garbage")) {
        String[] all = new String[fields.length + 1];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = credential;
        shapes.add(refused(method, TestGateway.request(method, target + suffix, all)).shape());
      }
    }
    assertThat(shapes).hasSize(1);
    return shapes.iterator().next();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1\r\nTransfer-Encoding: chunked",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 0x1",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "X : 1",
        "X: 1\r\n folded",
        "X: a\u0000b",
        "Host: other.test",
        "Authorization: Bearer a, b",
        "Authorization: Basic YTpi\r\nAuthorization: Basic YTpi"
      })
  void row0FramingAndHeadAre400(String fields) {
    assertThat(refusedAlike("GET", "", fields)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../x", "//x", "%2f", "%5c", "\\", ";v=1", "%3B", "%00", "%2541", "%zz", "%ff", "?q=\"",
        "?<", "#x", "[", "\u00e4"
      })
  void row0TargetIs400(String suffix) {
    assertThat(refusedAlike("GET", suffix)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void row0WhatTwoProgramsCouldReadDifferentlyIs400(String octets) {
    assertThat(refused("GET", octets).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"CONNECT", "TRACE"})
  void row0ConnectAndTraceAre405WithAnEmptyAllow(String method) {
    assertThat(refusedAlike(method, ""))
        .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
        .contains("\r\nallow: \r\n");
  }

  @Test
  void row0AnExpectationOtherThan100ContinueIs417() {
    assertThat(refusedAlike("GET", "", "Expect: 200-ok"))
        .startsWith("HTTP/1.1 417 Expectation Failed\r\n");
  }

  @Test
  void row0WhatIsTooLargeOrOfAnotherVersionIsRefused() {
    assertThat(refusedAlike("GET", "?" + "q".repeat(70_000))).startsWith("HTTP/1.1 414 ");
    assertThat(refusedAlike("GET", "", "X: " + "x".repeat(70_000))).startsWith("HTTP/1.1 431 ");
    assertThat(refused("GET", "GET / HTTP/2.0\r\nHost: a\r\n\r\n").status()).isEqualTo(505);
  }

  @Test
  void row0IsJudgedInItsOrder() {
    String broken = "Content-Length: 1\r\nContent-Length: 2";
    assertThat(refusedAlike("TRACE", "/../x", "Expect: x", broken)).startsWith("HTTP/1.1 400 ");
    assertThat(refusedAlike("TRACE", "/../x", "Expect: x")).startsWith("HTTP/1.1 405 ");
    assertThat(refusedAlike("GET", "/../x", "Expect: x")).startsWith("HTTP/1.1 417 ");
    assertThat(refusedAlike("GET", "/../x")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void row0MoreConnectionsThanTheLimitAre503WhateverTheyAsk() throws IOException {
    try (EmbeddedWorld small = new EmbeddedWorld("limits: {connections: 1}");
        EmbeddedClient first = small.connect();
        EmbeddedClient second = small.connect()) {
      second.send("GET /a/../b HTTP/1.1\r\n\r\n");
      StrictAnswer shed = second.answer("GET");
      assertThat(shed.status()).isEqualTo(503);
      assertThat(shed.value("retry-after")).matches("[1-9][0-9]*");
      assertThat(second.open()).isFalse();
      first.send(TestGateway.request("GET", PUBLIC));
      assertThat(first.answer("GET").status()).isEqualTo(200);
    }
  }
}

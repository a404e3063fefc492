package dev.discreet.http;

import static dev.discreet.http.EmbeddedWorld.HIDDEN;
import static dev.discreet.http.EmbeddedWorld.LIST;
import static dev.discreet.http.EmbeddedWorld.MISSING;
import static dev.discreet.http.EmbeddedWorld.OWN;
import static dev.discreet.http.EmbeddedWorld.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests on one connection, whatever its octets come in: one answer each, in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipeliningTest {
  private final EmbeddedWorld world;
  private String lister = "";
  private String reader = "";

  PipeliningTest() throws IOException {
    world = new EmbeddedWorld("");
  }

  private record Asked(String method, String octets, int status) {}

  @BeforeAll
  void tokens() {
    lister = world.member("documents:list");
    reader = world.member("documents:read documents:write");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.api().forget();
  }

  /** Forwarded, probed, refused and empty answers in turn, with bodies of both framings. */
  private List<Asked> requests() {
    return List.of(
        asked(200, "GET", OWN, reader),
        asked(404, "GET", HIDDEN, reader),
        asked(403, "DELETE", OWN, lister),
        asked(200, "HEAD", PUBLIC, "X-None: 1"),
        asked(401, "GET", OWN, "X-None: 1"),
        withBody(200, OWN, reader, "Content-Length: 5", "hello"),
        withBody(200, OWN, reader, "Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"),
        withBody(404, HIDDEN, reader, "Content-Length: 25", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        asked(404, "DELETE", MISSING, lister),
        asked(200, "GET", "/accounts/b9/documents", lister),
        asked(405, "PATCH", LIST, lister),
        asked(404, "HEAD", "/nowhere", lister));
  }

  private static Asked asked(int status, String method, String target, String field) {
    return new Asked(method, TestGateway.request(method, target, field), status);
  }

  private static Asked withBody(
      int status, String target, String credential, String framing, String body) {
    return new Asked("PUT", TestGateway.request("PUT", target, credential, framing) + body, status);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1024, Integer.MAX_VALUE})
  void answersComeInOrderWhateverAReadBrings(int octetsARead) {
    List<Asked> requests = new ArrayList<>();
    StringBuilder octets = new StringBuilder();
    for (int round = 0; round < 3; round++) {
      requests.addAll(requests());
      requests().forEach(one -> octets.append(one.octets()));
    }
    try (EmbeddedClient client = world.connect(octetsARead)) {
      client.send(octets.toString());
      List<StrictAnswer> answers =
          StrictAnswer.all(requests.stream().map(Asked::method).toList(), client.received());
      assertThat(answers)
          .extracting(StrictAnswer::status)
          .isEqualTo(requests.stream().map(Asked::status).toList());
      assertThat(client.open()).isTrue();
      assertThat(client.unread()).isEmpty();
    }
    assertThat(world.api().seen())
        .extracting(seen -> seen.method() + " " + seen.target())
        .hasSize(18)
        .startsWith("GET " + OWN, "HEAD " + OWN, "HEAD " + PUBLIC, "PUT " + OWN, "PUT " + OWN)
        .endsWith("HEAD " + MISSING);
  }

  @Test
  void anAnswerIsTheSameWhateverItComesAfter() {
    for (Asked one : requests()) {
      String alone;
      try (EmbeddedClient client = world.connect()) {
        alone = client.send(one.octets()).answer(one.method()).shape();
      }
      for (Asked before : requests()) {
        try (EmbeddedClient client = world.connect()) {
          client.send(before.octets() + one.octets());
          List<StrictAnswer> answers =
              StrictAnswer.all(List.of(before.method(), one.method()), client.received());
          assertThat(answers.getLast().shape()).as("%s after %s", one, before).isEqualTo(alone);
        }
      }
    }
  }

  @Test
  void noFurtherRequestIsTakenUpUntilTheClientReadsItsAnswers() {
    String one = TestGateway.request("GET", OWN);
    try (EmbeddedClient client = world.connect()) {
      client.reads(false).send(one.repeat(1000));
      assertThat(StrictAnswer.all(List.of("GET"), client.received())).hasSize(1);

      client.reads(true);
      assertThat(StrictAnswer.all(Collections.nCopies(999, "GET"), client.received())).hasSize(999);
    }
  }

  @Test
  void nothingIsReadBehindARequestThatEndsTheConnection() {
    try (EmbeddedClient client = world.connect()) {
      client.send(
          TestGateway.request("GET", PUBLIC, "Connection: close")
              + TestGateway.request("GET", PUBLIC));
      assertThat(client.answer("GET").value("connection")).isEqualTo("close");
      assertThat(client.open()).isFalse();
    }
    assertThat(world.api().seen()).hasSize(1);
  }

  @Test
  void aSecondRequestWaitsForTheAnswerToTheFirst() {
    List<String> order = new ArrayList<>();
    try (EmbeddedClient client = world.connect()) {
      world
          .api()
          .answering(
              request -> {
                order.add(request.target() + " with " + client.received().length() + " answered");
                return "HTTP/1.1 204 No Content\r\n\r\n";
              });
      client.send(TestGateway.request("GET", PUBLIC) + TestGateway.request("GET", OWN, reader));
      assertThat(StrictAnswer.only("GET", client.received()).status()).isEqualTo(204);
    }
    assertThat(order).hasSize(2);
    assertThat(order.getFirst()).isEqualTo(PUBLIC + " with 0 answered");
    assertThat(order.getLast()).startsWith(OWN).doesNotContain(" 0 answered");
  }
}

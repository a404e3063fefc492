package dev.discreet.http;

import static dev.discreet.http.EmbeddedWorld.HIDDEN;
import static dev.discreet.http.EmbeddedWorld.LIST;
import static dev.discreet.http.EmbeddedWorld.MISSING;
import static dev.discreet.http.EmbeddedWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A refusal neither waits for the body nor depends on it, and what becomes of its connection is a
 * matter of the declared framing alone (SPEC §3).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
  private final EmbeddedWorld world;
  private final String lister;

  RefusalTest() throws IOException {
    world = new EmbeddedWorld("limits: {drain: 1KiB}");
    lister = world.member("documents:list");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private record Asked(String method, String target, String row) {}

  /** One request for each row that may end in the canonical 404. */
  private static final List<Asked> NOT_FOUND =
      List.of(
          new Asked("POST", "/nowhere", "4"),
          new Asked("PUT", HIDDEN, "7"),
          new Asked("PUT", "/accounts/b9/documents/none", "7"),
          new Asked("PUT", MISSING, "9"),
          new Asked("PATCH", HIDDEN, "11"),
          new Asked("PATCH", MISSING, "12"));

  private String head(Asked asked, String framing) {
    return TestGateway.request(asked.method(), asked.target(), lister, framing);
  }

  @ParameterizedTest
  @CsvSource({
    "X-None: 1,true",
    "Content-Length: 0,true",
    "Content-Length: 1024,true",
    "Content-Length: 1025,false",
    "Content-Length: 99999999999,false",
    "Transfer-Encoding: chunked,false",
    "Connection: close,false"
  })
  void everyCanonical404KeepsOrEndsItsConnectionAlike(String framing, boolean kept) {
    Set<String> shapes = new LinkedHashSet<>();
    for (Asked asked : NOT_FOUND) {
      try (EmbeddedClient client = world.connect()) {
        StrictAnswer answer = client.send(head(asked, framing)).answer(asked.method());
        assertThat(world.line(answer)).contains("\"row\":\"" + asked.row() + "\"");
        assertThat(client.open()).as(asked.row()).isEqualTo(kept);
        shapes.add(answer.shape());
      }
    }
    assertThat(shapes)
        .containsExactly(
            kept
                ? RowCheck.CANONICAL
                : RowCheck.CANONICAL.replace("date: *", "date: *\r\nconnection: close"));
  }

  @Test
  void anExpected100IsNeverSaidToWhoIsRefused() {
    for (Asked asked : NOT_FOUND) {
      try (EmbeddedClient client = world.connect()) {
        client.send(head(asked, "Content-Length: 5\r\nExpect: 100-continue"));
        assertThat(client.answer(asked.method()).value("connection")).isEqualTo("close");
        assertThat(client.open()).isFalse();
      }
    }
  }

  @Test
  void theBodyOfARefusedRequestIsDroppedWheneverItComes() {
    for (Asked asked : NOT_FOUND) {
      try (EmbeddedClient client = world.connect(3)) {
        client.send(head(asked, "Content-Length: 10") + "GET /");
        StrictAnswer early = client.answer(asked.method());
        client.send(" HTTP" + head(asked, "Content-Length: 10") + "0123456789");
        assertThat(client.answer(asked.method()).shape()).isEqualTo(early.shape());
        assertThat(client.open()).isTrue();
      }
    }
  }

  @Test
  void everyOtherRefusalKeepsItsConnectionToo() {
    List<Asked> others =
        List.of(
            new Asked("DELETE", OWN, "8"),
            new Asked("GET", "/accounts/b9/documents", "6"),
            new Asked("DELETE", LIST, "12"));
    for (Asked asked : others) {
      try (EmbeddedClient client = world.connect()) {
        client.send(head(asked, "Content-Length: 3") + "abc");
        StrictAnswer answer = client.answer(asked.method());
        assertThat(world.line(answer)).contains("\"row\":\"" + asked.row() + "\"");
        assertThat(answer.value("connection")).isEmpty();
        assertThat(client.open()).isTrue();
      }
    }
  }
}

package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (RawUpstream api = RawUpstream.answering(OK);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      for (int i = 0; i < 3; i++) {
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "GET", false);
        assertThat(sink.ended()).isEqualTo("done");
        assertThat(sink.body).hasToString("ok");
        gateway.loop.submit(() -> {}).get();
      }
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  /** The second request meets a reset: on a used connection, before any octet of an answer. */
  @ParameterizedTest
  @CsvSource({"GET,false,done,2", "PUT,true,BAD_GATEWAY,1", "POST,false,BAD_GATEWAY,1"})
  void isSentAgainOnlyWhereThatIsHarmless(
      String method, boolean hasBody, String end, int connections) throws Exception {
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, OK);
                  RawUpstream.readHead(connection);
                  if (number == 1) {
                    RawUpstream.reset(connection);
                  }
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink first = new RecordingSink();
      gateway.forward(gateway.loop, first, "GET", false);
      assertThat(first.ended()).isEqualTo("done");
      gateway.loop.submit(() -> {}).get();
      RecordingSink second = new RecordingSink();
      String[] fields = hasBody ? new String[] {"content-length", "5"} : new String[0];
      gateway.forward(gateway.loop, second, method, hasBody, fields);
      assertThat(second.ended()).isEqualTo(end);
      assertThat(api.connections()).isEqualTo(connections);
    }
  }

  /** Whoever began to answer has acted upon the request: to send it again would act twice. */
  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void isNotSentAgainOnceAnOctetOfAnAnswerCame(boolean reused, boolean reset) throws Exception {
    for (String begun : List.of("H", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 103 Early\r\n\r\n")) {
      AtomicInteger deletes = new AtomicInteger();
      try (RawUpstream api =
              new RawUpstream(
                  (connection, number) -> {
                    if (reused && number == 1) {
                      RawUpstream.readHead(connection);
                      RawUpstream.write(connection, OK);
                    }
                    RawUpstream.readHead(connection);
                    deletes.incrementAndGet();
                    RawUpstream.write(connection, begun);
                    if (reset) {
                      RawUpstream.reset(connection);
                    }
                  });
          Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
        if (reused) {
          RecordingSink first = new RecordingSink();
          gateway.forward(gateway.loop, first, "GET", false);
          assertThat(first.ended()).isEqualTo("done");
          gateway.loop.submit(() -> {}).get();
        }
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "DELETE", false);
        assertThat(sink.ended()).as(begun).isEqualTo("BAD_GATEWAY");
        assertThat(deletes).as(begun).hasValue(1);
        assertThat(api.connections()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
      })
  void anAnswerThatIsResetIsCut(String octets) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, octets);
                  await(seen);
                  RawUpstream.reset(connection);
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      sink.headCame.get(10, TimeUnit.SECONDS);
      seen.countDown();
      assertThat(sink.ended()).isEqualTo("cut");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void timeOuts() throws Exception {
    try (RawUpstream api = new RawUpstream((connection, number) -> RawUpstream.rest(connection));
        Fixture gateway =
            new Fixture(api, Fixture.Settings.usual().response(Duration.ofMillis(150)))) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo("TIMEOUT");
    }
    try (RawUpstream api =
            RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().idle(Duration.ofMillis(150)))) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo("cut");
    }
  }

  @ParameterizedTest
  @CsvSource({"103,16,done", "103,17,BAD_GATEWAY", "101,1,BAD_GATEWAY"})
  void interimAnswers(String status, int count, String end) throws Exception {
    String interim = "HTTP/1.1 " + status + " Early\r\nContent-Length: 5\r\n\r\n";
    try (RawUpstream api = RawUpstream.answering(interim.repeat(count) + OK);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo(end);
      assertThat(sink.interims).hasSizeLessThanOrEqualTo(16);
    }
  }
}

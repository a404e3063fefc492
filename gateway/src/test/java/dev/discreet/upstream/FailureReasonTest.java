package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator is told of a failure that the client gets one status for. */
class FailureReasonTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static RecordingSink ended(RawUpstream api, Fixture.Settings settings) throws Exception {
    try (Fixture gateway = new Fixture(api, settings)) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "POST", false);
      sink.ended();
      return sink;
    }
  }

  private static RecordingSink ended(RawUpstream.Script script) throws Exception {
    try (RawUpstream api = new RawUpstream(script)) {
      return ended(api, Fixture.Settings.usual());
    }
  }

  /** Answers a request so, and resets the connection or ends it. */
  private static RecordingSink answered(String octets, boolean reset) throws Exception {
    return ended(
        (connection, number) -> {
          RawUpstream.readHead(connection);
          RawUpstream.write(connection, octets);
          if (reset) {
            RawUpstream.reset(connection);
          }
        });
  }

  @Test
  void aRefusedConnection() throws Exception {
    RawUpstream gone = RawUpstream.answering("");
    gone.close();
    RecordingSink sink = ended(gone, Fixture.Settings.usual());
    assertThat(sink.ended()).isEqualTo("BAD_GATEWAY");
    assertThat(sink.reason).startsWith("can't connect: Connection refused");
  }

  @ParameterizedTest
  @CsvSource({
    "false,'',it closed the connection before its answer",
    "true,'',it reset the connection before its answer",
    "false,HTTP/1.1 200,the connection ended within the head"
  })
  void noAnswer(boolean reset, String octets, String reason) throws Exception {
    RecordingSink sink = answered(octets, reset);
    assertThat(sink.ended()).isEqualTo("BAD_GATEWAY");
    assertThat(sink.reason).isEqualTo(reason);
  }

  @Test
  void anAnswerThatMayNotBe() throws Exception {
    String lengths = "Content-Length: 1\r\nContent-Length: 2\r\n\r\n";
    assertThat(answered(OK + lengths, false).reason).isEqualTo("more than one content-length");
    assertThat(answered("HTTP/1.1 2x0 OK\r\n", false).reason)
        .isEqualTo("a status that is no number");
    assertThat(answered("HTTP/1.1 101 Go\r\n\r\n", false).reason)
        .isEqualTo("a 101 that was not asked for");
    assertThat(answered("HTTP/1.1 103 Early\r\n\r\n".repeat(17), false).reason)
        .isEqualTo("too many interim answers");
  }

  @Test
  void anAnswerWithoutItsEnd() throws Exception {
    RecordingSink sink = answered(OK + "Content-Length: 9\r\n\r\nhello", false);
    assertThat(sink.ended()).isEqualTo("cut");
    assertThat(sink.reason).isEqualTo("the connection ended within the body");
  }

  @Test
  void anAnswerTooLate() throws Exception {
    try (RawUpstream api = new RawUpstream((connection, number) -> RawUpstream.rest(connection))) {
      RecordingSink sink = ended(api, Fixture.Settings.usual().response(Duration.ofMillis(100)));
      assertThat(sink.ended()).isEqualTo("TIMEOUT");
      assertThat(sink.reason).isEqualTo("its answer took too long");
    }
  }

  @Test
  void noRoomInTheQueue() throws Exception {
    try (RawUpstream api = new RawUpstream((connection, number) -> RawUpstream.rest(connection));
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().connections(1, 0))) {
      gateway.forward(gateway.loop, new RecordingSink(), "GET", false);
      RecordingSink second = new RecordingSink();
      gateway.forward(gateway.loop, second, "GET", false);
      assertThat(second.end.get(10, TimeUnit.SECONDS)).isEqualTo("UNAVAILABLE");
      assertThat(second.reason).isEqualTo("too many requests wait for a connection");
    }
  }
}

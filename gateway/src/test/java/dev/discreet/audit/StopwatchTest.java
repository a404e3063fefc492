package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Leaky.Leak;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an answer's form, and whatever becomes of the connection after it, it is timed. */
class StopwatchTest {
  private static final int TRIPLES = 120;

  private static TimeResult timed(URI url, Protocol protocol) throws IOException {
    List<Pair> pairs = List.of(new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING));
    Target target = Target.of(url, null);
    Settings settings = ControlsTest.settings(TRIPLES);
    return new TimeAudit(target, pairs, protocol, "GET", settings, new Pace(0)).run();
  }

  /** Answers each request by the same octets. */
  private static TimeResult timed(String answer, boolean closes) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> serve(listener, answer, closes));
      return timed(URI.create("http://127.0.0.1:" + listener.getLocalPort()), Protocol.H1);
    }
  }

  private static void serve(ServerSocket listener, String answer, boolean closes) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.isEmpty()) {
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            if (closes) {
              break;
            }
          }
        }
      } catch (IOException left) {
        // By the other side, or by the end of the test.
      }
    }
  }

  private static void assertTimed(TimeResult result, int status) {
    assertThat(result.triples()).as(result.trouble()).isEqualTo(TRIPLES);
    assertThat(result.judged()).isNotEmpty();
    assertThat(result.statuses().hidden()).containsExactly(status);
    assertThat(result.statuses().missing()).containsExactly(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\nno",
        "HTTP/1.1 404 No\r\nContent-Length: 2\r\nConnection: Close\r\n\r\nno",
        "HTTP/1.1 404 No\r\nconnection: close\r\n\r\nno",
        "HTTP/1.1 404 No\r\n\r\n",
        "HTTP/1.1 404 No\r\ntransfer-encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
        "HTTP/1.0 404 No\r\ncontent-length: 2\r\n\r\nno",
      })
  void aConnectionThatEndsIsMadeAnew(String answer) throws IOException {
    TimeResult result = timed(answer, true);
    assertTimed(result, 404);
    assertThat(result.trouble()).endsWith("times, as the server ended them");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 404 No\r\ntransfer-encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
        "HTTP/1.1 404 No\r\ntransfer-encoding: chunked\r\n\r\n2;a=b\r\nno\r\n0\r\nx-sum: 1\r\ny: 2\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 100 \r\n\r\nHTTP/1.1 102 \r\n\r\nHTTP/1.1 404 \r\ncontent-length: 2\r\n\r\nno",
      })
  void aConnectionThatLastsIsKept(String answer) throws IOException {
    TimeResult result = timed(answer, false);
    assertTimed(result, 404);
    assertThat(result.trouble()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void whatHasNoBodyNeedsNoLength(int status) throws IOException {
    TimeResult result = timed("HTTP/1.1 " + status + " \r\ndate: x\r\n\r\n", false);
    assertTimed(result, status);
    assertThat(result.trouble()).isEmpty();
  }

  @Test
  void anAnswerThatIsNotWholeIsNotTimed() throws IOException {
    TimeResult result = timed("HTTP/1.1 404 No\r\ncontent-length: 3\r\n\r\nno", true);
    assertThat(result.triples()).isZero();
    assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(result.trouble()).isEqualTo("the connection ended");
  }

  @Test
  void aConnectionOfHttp2ThatIsLeftIsMadeAnew() throws IOException {
    Leak leaving = (asked, answer) -> answer.closes = true;
    try (LeakyServer server = new LeakyServer(leaving, leaving)) {
      TimeResult result = timed(server.url(), Protocol.H2);
      assertTimed(result, 404);
      assertThat(result.trouble()).endsWith("times, as the server ended them");
    }
  }
}

package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that have no end are left. */
class EndlessAnswerTest {
  /** Sends for as long as the other side listens. */
  private static void flood(ServerSocket listener) {
    byte[] piece = new byte[1 << 16];
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        while (!socket.isClosed()) {
          out.write(piece);
        }
      } catch (IOException left) {
        // By the other side, or by the end of the test.
      }
    }
  }

  @Test
  void leavesAnAnswerWithoutAnEndAndGivesUpAfterSome() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> flood(listener));
      Target target = Target.of(URI.create("http://127.0.0.1:" + listener.getLocalPort()), null);
      Ask ask = Ask.get("/x");
      Asker asker = new Http1Asker(target, "test", ask, Settings.PATIENCE);
      assertThat(asker.ask(List.of(ask)).isSilent()).isTrue();
      ByteAudit audit =
          new ByteAudit(
              target,
              Protocol.H1,
              new Pair("/a", "/b"),
              List.of(),
              ControlsTest.settings(0),
              new Pace(0),
              new UnsafeMethods(false));
      assertThatThrownBy(() -> audit.run(List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "requests in a row had no whole answer: nothing for 5 s, or no end of it");
    }
  }

  @Test
  void readsNothingOnceTheTimeIsOver() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket server = listener.accept()) {
      server.getOutputStream().write(1);
      Bounded over = new Bounded(client, 0);
      assertThatThrownBy(over::read).isInstanceOf(SocketTimeoutException.class);
      assertThat(new Bounded(client, 5_000).read()).isEqualTo(1);
    }
  }
}

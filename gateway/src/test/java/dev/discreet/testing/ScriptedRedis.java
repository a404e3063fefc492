package dev.discreet.testing;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Answers the commands of RESP2 as a test says, and notes them. */
public final class ScriptedRedis implements AutoCloseable {
  private final ServerSocket socket;
  private final UnaryOperator<String> answers;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /**
   * Listens.
   *
   * @param answers what is sent for a command, whose words are joined by spaces
   */
  public ScriptedRedis(UnaryOperator<String> answers) throws IOException {
    this.answers = answers;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** {@return where it is} */
  public int port() {
    return socket.getLocalPort();
  }

  /** {@return those there have been, in their order} */
  public List<Connection> connections() {
    return List.copyOf(connections);
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection(socket.accept(), System.nanoTime());
        connections.add(connection);
        Thread.ofVirtual().start(connection::serve);
      }
    } catch (IOException closed) {
      // Its end.
    }
  }

  /** One of its connections. */
  public final class Connection {
    private final Socket peer;
    private final long atNanos;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private Connection(Socket peer, long atNanos) {
      this.peer = peer;
      this.atNanos = atNanos;
    }

    /** {@return the commands that came, whole} */
    public List<String> commands() {
      return List.copyOf(commands);
    }

    /** {@return when it was accepted, by {@link System#nanoTime}} */
    public long atNanos() {
      return atNanos;
    }

    /** Ends it. */
    public void end() throws IOException {
      peer.close();
    }

    private void serve() {
      try (peer;
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8))) {
        while (true) {
          String command = command(in);
          commands.add(command);
          peer.getOutputStream().write(answers.apply(command).getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException ended) {
        // By either side.
      }
    }

    /** An array of bulk strings, none of which holds a line break. */
    private String command(BufferedReader in) throws IOException {
      int count = Integer.parseInt(line(in).substring(1));
      List<String> words = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        line(in);
        words.add(line(in));
      }
      return String.join(" ", words);
    }

    private String line(BufferedReader in) throws IOException {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException();
      }
      return line;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Connection connection : connections) {
      connection.end();
    }
  }
}

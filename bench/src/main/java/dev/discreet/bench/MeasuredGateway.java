package dev.discreet.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, whose CPU time is read. */
final class MeasuredGateway implements AutoCloseable {
  private static final Pattern LISTEN = Pattern.compile("listen: 127\\.0\\.0\\.1:(\\d+)");
  private static final Duration START = Duration.ofMinutes(3);

  private final Process process;
  private final Socket connection;
  private final InputStream in;

  private MeasuredGateway(Process process, Socket connection) throws IOException {
    this.process = process;
    this.connection = connection;
    in = new BufferedInputStream(connection.getInputStream());
  }

  /** Starts the gateway that {@code folder} configures, and waits until it can be reached. */
  static MeasuredGateway start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.discreet.cli.Main",
                "run",
                "--config",
                folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Matcher listen = LISTEN.matcher(Files.readString(folder.resolve("gateway.yaml")));
    if (!listen.find()) {
      throw new IOException("no listener in " + folder);
    }
    return new MeasuredGateway(process, connect(process, Integer.parseInt(listen.group(1))));
  }

  private static Socket connect(Process process, int port) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          process.destroy();
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** {@return the CPU time that {@code count} requests for as many paths in turn have taken} */
  Duration ask(int count, int paths, String token) throws IOException {
    Duration before = process.info().totalCpuDuration().orElseThrow();
    for (int i = 0; i < count; i++) {
      int path = i % paths;
      String request =
          "GET /accounts/a"
              + path
              + "/s"
              + path
              + "/items/42 HTTP/1.1\r\nhost: api\r\n"
              + "authorization: Bearer "
              + token
              + "\r\n\r\n";
      connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      requireOk();
    }
    return process.info().totalCpuDuration().orElseThrow().minus(before);
  }

  /** Every answer ends with the two octets of its body. */
  private void requireOk() throws IOException {
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\nok") < 0) {
      int octet = in.read();
      if (octet < 0 || (answer.length() == 12 && !answer.toString().endsWith(" 200"))) {
        throw new IOException("not answered as it should be: " + answer);
      }
      answer.append((char) octet);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
    process.destroy();
  }
}

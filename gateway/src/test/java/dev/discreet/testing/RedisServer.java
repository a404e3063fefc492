package dev.discreet.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Valkey or Redis as a child process, that keeps nothing on disk. Where neither is installed
 * the test that wants one is skipped.
 */
public final class RedisServer implements AutoCloseable {
  private static final List<String> NAMES = List.of("valkey-server", "redis-server");

  /** Stands for the port in an option. */
  private static final String OWN_PORT = "PORT";

  private final int port;
  private final List<String> options;
  private Process process;

  /** Starts one with further options of its configuration. */
  public RedisServer(String... options) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    this.options = List.of(options);
    process = launch();
  }

  /** Starts one that speaks TLS alone. */
  public static RedisServer overTls(SelfSigned certificate) throws IOException {
    Path folder = Files.createTempDirectory("redis");
    Path chain = Files.writeString(folder.resolve("server.pem"), certificate.certificate());
    Path key = Files.writeString(folder.resolve("server.key"), certificate.key());
    return new RedisServer(
        "--port",
        "0",
        "--tls-port",
        OWN_PORT,
        "--tls-auth-clients",
        "no",
        "--tls-cert-file",
        chain.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        chain.toString());
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    options.forEach(option -> command.add(option.equals(OWN_PORT) ? "" + port : option));
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Ready to accept connections")) {
        return started;
      }
    }
    throw new AssertionError("it does not start: " + said);
  }

  private static Path program() {
    Path found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(found != null, "SKIPPED: neither of " + NAMES + " is installed");
    return found;
  }

  /** {@return where it is} */
  public int port() {
    return port;
  }

  /** Kills it, with all that it knows. */
  public void stop() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again where it was. */
  public void startAgain() throws IOException {
    process = launch();
  }

  /** It answers nobody until it goes on, but its connections stay. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Goes on. */
  public void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("kill " + name + " ended with " + exit);
    }
  }

  @Override
  public void close() {
    stop();
  }
}

package dev.discreet.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program by others in a process of its own, which says the port of its server in the first line
 * that it prints.
 */
public final class Peer implements AutoCloseable {
  private static final Path NONE = Path.of("none");
  private static final File LOG = Path.of("target", "peers.log").toFile();

  /** Where Debian puts servers, which is not on everybody's path. */
  private static final String SERVERS = File.pathSeparator + "/usr/sbin";

  private final Process process;
  private final int port;

  private final List<Peer> helpers;

  private Peer(Process process, int port, List<Peer> helpers) {
    this.process = process;
    this.port = port;
    this.helpers = helpers;
  }

  /** {@return the same, which closes another when it is closed} */
  public Peer with(Peer helper) {
    return new Peer(process, port, List.of(helper));
  }

  /** {@return the program of that name, where this machine has one} */
  public static Optional<Path> program(String name) {
    return Arrays.stream((System.getenv("PATH") + SERVERS).split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** {@return the program of that name; without it the test is skipped, and says so} */
  public static String needed(String name) {
    Optional<Path> found = program(name);
    assumeTrue(found.isPresent(), "SKIPPED: this machine has no " + name);
    return found.orElseThrow().toString();
  }

  /** {@return a Python that has this module; without one the test is skipped, and says so} */
  public static String python(String module) throws IOException, InterruptedException {
    for (Path candidate : List.of(Path.of("/usr/bin/python3"), program("python3").orElse(NONE))) {
      if (Files.isExecutable(candidate)) {
        Process process = process(candidate.toString(), "-c", "import " + module);
        if (process.waitFor() == 0) {
          return candidate.toString();
        }
      }
    }
    return Assumptions.abort("SKIPPED: this machine has no Python with " + module);
  }

  /** {@return a file of the test's resources in {@code peers}} */
  public static Path resource(String name) {
    URL found = Objects.requireNonNull(Peer.class.getResource("/peers/" + name), name);
    try {
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a server that prints its port. */
  public static Peer start(String... command) throws IOException {
    Process process = process(command);
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("it ended without a word: " + List.of(command) + ", see " + LOG);
    }
    return new Peer(process, Integer.parseInt(line.strip()), List.of());
  }

  /** Starts a class of the test's that prints its port, in a process of its own. */
  public static Peer java(Class<?> main) throws IOException {
    String classes = main.getProtectionDomain().getCodeSource().getLocation().getPath();
    return start(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dsun.net.httpserver.nodelay=true",
        "-cp",
        classes,
        main.getName());
  }

  /**
   * Starts an nginx with a configuration of the test's resources, in which {@code ${PORT}} is its
   * own.
   *
   * @param folder empty, for its files
   * @param values of what else stands in {@code ${…}}
   */
  public static Peer nginx(String configuration, Path folder, Map<String, String> values)
      throws IOException {
    String program = needed("nginx");
    int port = freePort();
    String text = Files.readString(resource(configuration)).replace("${PORT}", "" + port);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    Path file = Files.writeString(folder.resolve("nginx.conf"), text);
    Process process = process(program, "-p", folder.toString(), "-c", file.toString());
    Peer peer = new Peer(process, port, List.of());
    Eventually.holds("nginx listens", peer::listens);
    return peer;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process process(String... command) throws IOException {
    return new ProcessBuilder(command).redirectError(Redirect.appendTo(LOG)).start();
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("it has ended, see " + LOG);
    }
    try (Socket socket = new Socket()) {
      socket.connect(address());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** {@return where it listens} */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** {@return its process} */
  public Process process() {
    return process;
  }

  @Override
  public void close() {
    helpers.forEach(Peer::close);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.discreet.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL as a child process, with a fresh database on a free loopback port that trusts
 * everybody. Where it is not installed the test that wants one is skipped.
 */
public final class PostgresServer implements AutoCloseable {
  /** Who may do everything. */
  public static final String ADMIN = "admin";

  /** Where Debian has the programs, by version. */
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  /** It refuses to be run by root; so Debian has a user for it. */
  private static final String USER = "postgres";

  private final Path programs = programs();
  private final Path folder = Files.createTempDirectory("postgres");
  private final int port;
  private final Process process;

  /** Starts one. */
  public PostgresServer() throws IOException {
    if (isRoot()) {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String data = folder.resolve("data").toString();
    await(
        start("initdb", "-D", data, "-U", ADMIN, "-A", "trust", "-N", "--locale=C", "-E", "UTF8"),
        "Success");
    process = start("postgres", "-D", data, "-F", "-h", "127.0.0.1", "-p", "" + port, "-k", "");
    await(process, "ready to accept connections");
  }

  private static Path programs() throws IOException {
    Optional<Path> found = Optional.empty();
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        found =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                .max(Comparator.naturalOrder());
      }
    }
    Assumptions.assumeTrue(found.isPresent(), "SKIPPED: PostgreSQL is not installed");
    return found.orElseThrow();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private Process start(String program, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(options));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static void await(Process started, String wanted) throws IOException {
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains(wanted)) {
        return;
      }
    }
    throw new AssertionError("it does not start: " + said);
  }

  /** {@return the URL of its database, for a driver} */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Ends it at once, with the connections to it. */
  @Override
  public void close() throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

package dev.discreet.differential;

import dev.discreet.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A parser of requests by others, as a server that says what it saw.
 *
 * @param name for messages
 * @param server that is started
 * @param mayRefuse what RFC 9112 lets pass, and it perhaps not
 */
record Parser(String name, Server server, Predicate<Forwarded> mayRefuse) {
  private static final Pattern NO_JAVA_URI = Pattern.compile("[{}|^`\\\\]|%(?![0-9A-Fa-f]{2})");
  private static final Pattern TWICE =
      Pattern.compile("(?is)\r\n(if-none-match|range|content-type|user-agent):.*\r\n\\1:");
  private static final Pattern TRAILER = Pattern.compile("\r\n0\r\n[^\r]");

  /** Starts it in an empty folder; skips the test where this machine has no such program. */
  interface Server {
    Peer start(Path folder) throws IOException, InterruptedException;
  }

  /** Those that are there or not. */
  static final List<Parser> AT_HAND =
      List.of(
          new Parser("llhttp of Node", Parser::node, any -> false),
          new Parser("h11 of Python", Parser::python, any -> false),
          new Parser("the JDK", Parser::jdk, Parser::isStrangeToTheJdk),
          new Parser("nginx", Parser::nginx, Parser::saysOneThingTwice));

  /** Those, and what takes its time to be built. */
  static final List<Parser> ALL =
      Stream.concat(AT_HAND.stream(), Stream.of(new Parser("Go", Parser::go, any -> false)))
          .toList();

  /** It reads each target as a {@code java.net.URI}, and knows no trailers. */
  private static boolean isStrangeToTheJdk(Forwarded sent) {
    return NO_JAVA_URI.matcher(sent.request().target()).find()
        || TRAILER.matcher(sent.octets()).find();
  }

  /** Of some fields it takes no second line, be it the same. */
  private static boolean saysOneThingTwice(Forwarded sent) {
    return TWICE.matcher(sent.octets()).find();
  }

  private static Peer node(Path folder) throws IOException {
    return Peer.start(Peer.needed("node"), Peer.resource("seen.js").toString());
  }

  private static Peer python(Path folder) throws IOException, InterruptedException {
    return Peer.start(Peer.python("h11"), Peer.resource("seen.py").toString());
  }

  private static Peer jdk(Path folder) throws IOException {
    return Peer.java(JdkServer.class);
  }

  private static Peer nginx(Path folder) throws IOException, InterruptedException {
    Peer.needed("nginx");
    Peer reporter = jdk(folder);
    return Peer.nginx(
            "seen.nginx.conf", folder, Map.of("REPORTER", "" + reporter.address().getPort()))
        .with(reporter);
  }

  private static Peer go(Path folder) throws IOException, InterruptedException {
    String go = Peer.needed("go");
    Path program = folder.resolve("seen");
    Files.copy(Peer.resource("seen.go"), folder.resolve("seen.go"));
    Process build =
        new ProcessBuilder(go, "build", "-o", program.toString(), "seen.go")
            .directory(folder.toFile())
            .start();
    if (build.waitFor() != 0) {
      throw new IOException("seen.go does not compile");
    }
    return Peer.start(program.toString());
  }

  @Override
  public String toString() {
    return name;
  }
}

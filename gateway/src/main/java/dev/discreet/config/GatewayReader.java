package dev.discreet.config;

import dev.discreet.config.GatewayConfig.PathsConfig;
import dev.discreet.config.GatewayConfig.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the keys that stand in {@code gateway.yaml} alone. */
final class GatewayReader {
  private static final String REALM_PATTERN = "[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+";
  static final Key<String> REALM =
      Key.of(
          "realm",
          Types.parsed(REALM_PATTERN, GatewayReader::realm),
          "api",
          "The realm of challenges (RFC 9110 §11.5): printable ASCII.");
  static final Key<List<Node.Member>> ISSUERS =
      Key.of(
          "issuers",
          Types.members(
              new Shape.Names("(?!any$)[\\s\\S]*", new Shape.Mapping(IssuerReader.KEYS), 0)),
          "{}",
          "Who issues the tokens, each under a name. Without any, every route must be public.");
  static final Key<List<Node.Member>> UPSTREAMS =
      new Key<>(
          "upstreams",
          Types.members(Shape.names(new Shape.Mapping(UpstreamReader.KEYS))),
          true,
          List.of(),
          null,
          "The APIs behind the gateway, each under a name.");
  static final Key<List<Cidr>> TRUSTED_PROXIES =
      Key.of(
          "trustedProxies",
          Types.list(Types.parsed("[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?", Addresses::cidr)),
          "[]",
          "CIDR blocks or addresses. A client's address is the rightmost of forwarded, else of"
              + " x-forwarded-for, that is not among them.");
  static final Key<Transport> TRANSPORT =
      Key.of(
          "transport",
          Types.choice(
              Map.of(
                  "auto", Transport.AUTO,
                  "io_uring", Transport.IO_URING,
                  "epoll", Transport.EPOLL,
                  "nio", Transport.NIO)),
          "auto",
          "How sockets are driven; auto is epoll where it loads, else NIO.");

  private static final Key<Boolean> ENCODED_SLASH = octet("encodedSlash", "%2f");
  private static final Key<Boolean> SEMICOLON = octet("semicolon", ";");
  static final Key<Section> PATHS =
      Key.section(
          "paths",
          Keys.of(ENCODED_SLASH, SEMICOLON),
          "What paths may hold that servers differ on.");

  private static final Key<LogConfig.Level> LEVEL =
      Key.of("level", Types.choice(levels()), "info", "The least severe message that is written.");
  private static final Key<Boolean> REQUESTS =
      Key.of("requests", Types.BOOLEAN, "true", "Whether each request is logged.");
  private static final Key<Boolean> JSON =
      Key.of(
          "format",
          Types.choice(Map.of("json", true, "text", false)),
          "json",
          "Lines of JSON, or of text.");
  static final Key<Section> LOG =
      Key.section("log", Keys.of(LEVEL, REQUESTS, JSON), "The log, on standard output.");

  static final Key<Boolean> OUTLIVE_TOKEN =
      Key.of(
          "outliveToken",
          Types.BOOLEAN,
          "false",
          "Whether they go on when the token of their request has expired.");
  static final Key<Section> STREAMS =
      Key.section(
          "streams",
          Keys.of(OUTLIVE_TOKEN),
          "Upgraded connections, event streams and gRPC streams.");

  static final Keys KEYS =
      Keys.of(
              ListenReader.LISTEN,
              ListenReader.ADMIN,
              REALM,
              ResourceMetadataReader.KEY,
              SignInReader.KEY,
              ISSUERS,
              TokenSourceReader.KEY,
              UPSTREAMS,
              ForwardReader.KEY,
              CorsReader.KEY,
              TRUSTED_PROXIES,
              RequestAccessReader.KEY,
              ModeReader.KEY,
              TRANSPORT,
              PATHS,
              HeadersReader.OF_GATEWAY,
              GuardReader.KEY,
              LimitsReader.LIMITS,
              LimitsReader.TIMEOUTS,
              STREAMS,
              ShieldReader.OF_GATEWAY,
              LOG)
          .later("tracing");

  private GatewayReader() {}

  static PathsConfig paths(Section gateway) {
    Section s = gateway.get(PATHS);
    return new PathsConfig(s.get(ENCODED_SLASH), s.get(SEMICOLON));
  }

  static LogConfig log(Section gateway) {
    Section s = gateway.get(LOG);
    return new LogConfig(s.get(LEVEL), s.get(REQUESTS), s.get(JSON));
  }

  static Map<String, UpstreamConfig> upstreams(Section gateway) {
    Map<String, UpstreamConfig> upstreams = new LinkedHashMap<>();
    for (Node.Member member : gateway.get(UPSTREAMS)) {
      UpstreamConfig upstream = UpstreamReader.read(member);
      if (upstream != null) {
        upstreams.put(member.name(), upstream);
      }
    }
    return upstreams;
  }

  static Map<String, IssuerConfig> issuers(Section gateway) {
    Map<String, IssuerConfig> issuers = new LinkedHashMap<>();
    for (Node.Member member : gateway.get(ISSUERS)) {
      IssuerConfig issuer = IssuerReader.read(member);
      if (issuer == null) {
        continue;
      }
      for (IssuerConfig other : issuers.values()) {
        if (other.issuer().equals(issuer.issuer())) {
          member.key().error("has the same issuer as " + other.name() + "; a token names only one");
        }
        if (other.opaque() && issuer.opaque()) {
          member
              .key()
              .error("is opaque, as " + other.name() + " is; whose a token is can't be told then");
        }
      }
      issuers.put(member.name(), issuer);
    }
    return issuers;
  }

  private static String realm(String text) {
    if (!text.matches(REALM_PATTERN)) {
      throw new IllegalArgumentException("may hold printable ASCII only, without \" and \\");
    }
    return text;
  }

  private static Key<Boolean> octet(String name, String octet) {
    return Key.of(
        name,
        Types.choice(Map.of("refuse", false, "data", true)),
        "refuse",
        "Whether " + octet + " is refused, or a character of its segment.");
  }

  private static Map<String, LogConfig.Level> levels() {
    return Map.of(
        "error", LogConfig.Level.ERROR,
        "warn", LogConfig.Level.WARN,
        "info", LogConfig.Level.INFO,
        "debug", LogConfig.Level.DEBUG,
        "trace", LogConfig.Level.TRACE);
  }

  /** Warns where every client may say where it comes from. */
  static void warnOfTrustInAll(Section main) {
    Node proxies = main.node(TRUSTED_PROXIES);
    for (Node block : proxies == null ? List.<Node>of() : proxies.items()) {
      if (block.raw().endsWith("/0")) {
        block.warn("trusts everybody: each client chooses its own address; name the proxies");
      }
    }
  }
}

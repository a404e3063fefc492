package dev.discreet.config;

import dev.discreet.config.GatewayConfig.PathsConfig;
import dev.discreet.config.GatewayConfig.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the keys that stand in {@code gateway.yaml} alone. */
final class GatewayReader {
  private static final Type<ListenAddress> SOCKET =
      new Type<>(
          new Shape.Text("(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,10}"),
          GatewayReader::socket);
  private static final String PUBLIC = "0.0.0.0:8080";
  private static final String LOCAL_ADMIN = "127.0.0.1:9090";
  private static final String CLEARTEXT =
      "serves callers in cleartext beyond this machine, tokens and all; listen on 127.0.0.1 behind"
          + " something that speaks TLS";
  private static final String REALM_PATTERN = "[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+";
  private static final Key<ListenAddress> ADDRESS =
      Key.required("address", SOCKET, "host:port to listen on.");
  private static final Keys LISTENER = Keys.of(ADDRESS).later("tls", "proxyProtocol");

  static final Key<List<ListenAddress>> LISTEN =
      new Key<>(
          "listen",
          new Type<>(
              Shape.oneOrList(Shape.anyOf(SOCKET.shape(), new Shape.Mapping(LISTENER))),
              GatewayReader::listen),
          false,
          List.of(fallback("listen", PUBLIC)),
          PUBLIC,
          "Where callers are served: host:port, or a list of host:port and {address: host:port}.");
  static final Key<ListenAddress> ADMIN =
      new Key<>(
          "admin",
          SOCKET,
          false,
          null,
          LOCAL_ADMIN,
          "host:port of /livez, /readyz and /metrics; not one of listen.");
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
              Map.of("auto", Transport.AUTO, "epoll", Transport.EPOLL, "nio", Transport.NIO),
              List.of("io_uring")),
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

  static final Keys KEYS =
      Keys.of(
              LISTEN,
              ADMIN,
              REALM,
              ISSUERS,
              UPSTREAMS,
              ForwardReader.KEY,
              TRUSTED_PROXIES,
              RequestAccessReader.KEY,
              ModeReader.KEY,
              TRANSPORT,
              PATHS,
              LimitsReader.LIMITS,
              LimitsReader.TIMEOUTS,
              LOG)
          .later(
              "tokenFrom",
              "resourceMetadata",
              "signIn",
              "cors",
              "shield",
              "streams",
              "headers",
              "guard",
              "tracing");

  private GatewayReader() {}

  /**
   * {@return where the operator is served} Where the key is absent, {@code DISCREET_ADMIN} stands
   * in for it: loopback is right on a host and useless in a container, whose image knows better.
   */
  static ListenAddress admin(Section gateway, Source source) {
    ListenAddress admin = gateway.find(ADMIN);
    if (admin != null) {
      return admin;
    }
    try {
      return fallback("admin", source.variables().apply("${DISCREET_ADMIN:-" + LOCAL_ADMIN + "}"));
    } catch (IllegalArgumentException e) {
      String message = "the environment variable DISCREET_ADMIN " + e.getMessage();
      source.problems().error(Place.ofFile(YamlFiles.GATEWAY), ADMIN.name(), "", message);
      return fallback("admin", LOCAL_ADMIN);
    }
  }

  /** Reports an admin address where callers are served as well. */
  static void requireOwnAdmin(Section gateway, ListenAddress admin) {
    Node node = gateway.node(ADMIN) != null ? gateway.node(ADMIN) : gateway.node(LISTEN);
    if (node != null && isAmong(gateway.get(LISTEN), admin)) {
      node.error("would serve callers and admin at one address; choose another port");
    }
  }

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
      }
      issuers.put(member.name(), issuer);
    }
    return issuers;
  }

  private static List<ListenAddress> listen(Node node) {
    List<ListenAddress> addresses = new ArrayList<>();
    List<Node> items = node.itemsOrSelf();
    if (items.isEmpty()) {
      node.error("is empty; name at least one");
    }
    for (Node item : items) {
      ListenAddress address = listener(item);
      if (address != null && isAmong(addresses, address)) {
        item.error("stands twice");
      }
      if (address != null) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** {@return whether two would have one port; port 0 is another each time} */
  private static boolean isAmong(List<ListenAddress> addresses, ListenAddress address) {
    return address.socket().getPort() != 0
        && addresses.stream().anyMatch(other -> other.socket().equals(address.socket()));
  }

  private static ListenAddress fallback(String key, String address) {
    return new ListenAddress(Addresses.socket(address), YamlFiles.GATEWAY, key);
  }

  private static @Nullable ListenAddress socket(Node node) {
    InetSocketAddress socket = node.parse(Addresses::socket);
    return socket == null
        ? null
        : new ListenAddress(socket, node.value().place().toString(), node.path());
  }

  private static @Nullable ListenAddress listener(Node node) {
    ListenAddress address =
        node.isText() ? SOCKET.read(node) : Section.of(node, LISTENER).find(ADDRESS);
    if (address != null && !Addresses.loopback(address.socket().getHostString())) {
      node.warn(CLEARTEXT);
    }
    return address;
  }

  /** Warns where {@code listen} is absent, and everybody is served. */
  static void warnOfDefaultListener(Section gateway, Source source) {
    if (!gateway.has(LISTEN)) {
      Place file = Place.ofFile(YamlFiles.GATEWAY);
      source.problems().add(Problem.Severity.WARNING, file, LISTEN.name(), PUBLIC, CLEARTEXT, null);
    }
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
}

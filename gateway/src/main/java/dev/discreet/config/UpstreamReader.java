package dev.discreet.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code upstreams.NAME}. */
final class UpstreamReader {
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>https?)://(?<authority>(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)"
              + "(?::(?<port>[0-9]{1,9}))?)(?<path>/.*)?");
  private static final Pattern BASE_PATH =
      Pattern.compile("(/(?!\\.{1,2}(/|$))([A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+)*");
  private static final int MOST = 1_000_000;

  /** The parts of an upstream's URL. */
  record Address(String host, int port, String authority, String basePath) {}

  private static final Key<Address> ADDRESS =
      Key.required(
          "url",
          Types.parsed(
              "(?![\\s\\S]*/\\.{1,2}(?:/|$))http://(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::[0-9]{1,9})?(?:/[^?#\\s]*)?",
              UpstreamReader::address),
          "http:// with host, and port and path as needed; the path is put before every path.");
  private static final Key<Boolean> HOST =
      Key.of(
          "host",
          Types.choice(Map.of("preserve", false, "rewrite", true)),
          "preserve",
          "Whether host goes on as it came, or the upstream's own is sent.");

  private static final Key<Duration> CONNECT =
      Key.of("connect", Types.POSITIVE_DURATION, "5s", "Time to connect.");
  private static final Key<Duration> RESPONSE =
      Key.of("response", Types.DURATION, "15s", "Time to the head of the answer.");
  private static final Key<Duration> IDLE =
      Key.of("idle", Types.DURATION, "60s", "Time between two reads of the answer.");
  private static final Key<Section> TIMEOUTS =
      Key.section("timeouts", Keys.of(CONNECT, RESPONSE, IDLE), "How long this API may take.");

  private static final Key<Integer> PER_HOST =
      Key.of("perHost", Types.count(1, MOST), "256", "Connections at once.");
  private static final Key<Duration> UNUSED =
      Key.of("idle", Types.DURATION, "60s", "How long an unused connection is kept.");
  private static final Key<Integer> PENDING =
      Key.of(
          "pending",
          Types.count(0, MOST),
          "1024",
          "How many requests may wait for a connection; beyond that 503.");
  private static final Key<Section> CONNECTIONS =
      Key.section(
          "connections", Keys.of(PER_HOST, UNUSED, PENDING), "The pool of connections to it.");

  private static final Key<Integer> RETRIES =
      Key.of(
          "retries",
          Types.count(0, 10),
          "1",
          "How often an idempotent request without a body may be sent again before any answer.");
  private static final Key<UpstreamConfig.Probe> PROBE =
      Key.section(
          "probe",
          ProbeReader.KEYS,
          ProbeReader::read,
          "How the gateway asks whether a resource exists, only for a caller who may know.");

  static final Keys KEYS =
      Keys.of(ADDRESS, HOST, TIMEOUTS, CONNECTIONS, RETRIES, PROBE)
          .later("urls", "protocol", "tls", "health", "shield", "headers");

  private UpstreamReader() {}

  /** {@return the upstream, or null after a problem} */
  static @Nullable UpstreamConfig read(Node.Member member) {
    Section s = Section.of(member.value(), KEYS);
    Address address = s.find(ADDRESS);
    Node at = s.node(ADDRESS);
    if (address == null || at == null) {
      return null;
    }
    if (!Addresses.loopback(address.host())) {
      at.warn("is reached in cleartext beyond this machine, tokens and all");
    }
    Section timeouts = s.get(TIMEOUTS);
    Section connections = s.get(CONNECTIONS);
    return new UpstreamConfig(
        member.name(),
        address.host(),
        address.port(),
        address.authority(),
        address.basePath(),
        s.get(HOST),
        timeouts.get(CONNECT),
        timeouts.get(RESPONSE),
        timeouts.get(IDLE),
        connections.get(PER_HOST),
        connections.get(UNUSED),
        connections.get(PENDING),
        s.get(RETRIES),
        s.get(PROBE));
  }

  private static Address address(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException("is not a URL such as http://documents:8080/base");
    }
    if (url.group("scheme").equals("https")) {
      throw new IllegalArgumentException("has https:, which is not supported by this version");
    }
    String port = url.group("port");
    if (port != null && Integer.parseInt(port) == 0) {
      throw new IllegalArgumentException("has the port 0, which nobody can listen on");
    }
    String host = url.group("host");
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
      requireLiteral(host);
    }
    return new Address(
        host,
        port == null ? 80 : Addresses.port(port),
        url.group("authority"),
        basePath(url.group("path")));
  }

  private static void requireLiteral(String host) {
    if (Addresses.literal(host) == null) {
      throw new IllegalArgumentException("has no IPv6 address between its brackets");
    }
  }

  private static String basePath(@Nullable String path) {
    String base = path == null ? "" : path.replaceFirst("/$", "");
    if (!BASE_PATH.matcher(base).matches()) {
      throw new IllegalArgumentException(
          "has a path with a query, fragment, empty or dot segment, or characters of no path");
    }
    return base;
  }
}

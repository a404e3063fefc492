package dev.discreet.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code listen} and {@code admin}: where the gateway serves whom. */
final class ListenReader {
  private static final Type<ListenAddress> SOCKET =
      new Type<>(
          new Shape.Text("(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,10}"),
          ListenReader::socket);
  private static final String PUBLIC = "0.0.0.0:8080";
  private static final String LOCAL_ADMIN = "127.0.0.1:9090";
  private static final String CLEARTEXT =
      "serves callers in cleartext beyond this machine, tokens and all; listen on 127.0.0.1 behind"
          + " something that speaks TLS";
  private static final Key<ListenAddress> ADDRESS =
      Key.required("address", SOCKET, "host:port to listen on.");
  private static final Key<Boolean> PROXY_PROTOCOL =
      Key.of(
          "proxyProtocol",
          Types.BOOLEAN,
          "false",
          "Whether every connection comes from one of trustedProxies, and begins with a header of"
              + " the PROXY protocol (version 1 or 2) that says for whom.");
  private static final Keys LISTENER = Keys.of(ADDRESS, ListenerTlsReader.TLS, PROXY_PROTOCOL);

  static final Key<List<ListenAddress>> LISTEN =
      new Key<>(
          "listen",
          new Type<>(
              Shape.oneOrList(Shape.anyOf(SOCKET.shape(), new Shape.Mapping(LISTENER))),
              ListenReader::listen),
          false,
          List.of(fallback("listen", PUBLIC)),
          PUBLIC,
          "Where callers are served: host:port, or a list of host:port and {address, tls, proxyProtocol}.");
  static final Key<ListenAddress> ADMIN =
      new Key<>(
          "admin",
          SOCKET,
          false,
          null,
          LOCAL_ADMIN,
          "host:port of /livez, /readyz and /metrics; not one of listen.");

  private ListenReader() {}

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
    Section s = node.isText() ? null : Section.of(node, LISTENER);
    ListenAddress address = s == null ? SOCKET.read(node) : s.find(ADDRESS);
    if (address == null) {
      return null;
    }
    boolean cleartext = s == null || !s.has(ListenerTlsReader.TLS);
    if (cleartext && !Addresses.loopback(address.socket().getHostString())) {
      node.warn(CLEARTEXT);
    }
    return s == null ? address : address.with(s.find(ListenerTlsReader.TLS), s.get(PROXY_PROTOCOL));
  }

  /** Reports listeners for proxies where there is no proxy to believe. */
  static void requireProxies(Section gateway) {
    Node listen = gateway.node(LISTEN);
    boolean fromProxies = gateway.get(LISTEN).stream().anyMatch(ListenAddress::proxyProtocol);
    if (listen == null || !fromProxies || !gateway.get(GatewayReader.TRUSTED_PROXIES).isEmpty()) {
      return;
    }
    for (Node item : listen.itemsOrSelf()) {
      if (item.isText()) {
        continue;
      }
      item.members().stream()
          .filter(member -> member.name().equals(PROXY_PROTOCOL.name()))
          .filter(member -> member.value().says("true"))
          .forEach(member -> member.value().error("needs trustedProxies: whom to believe"));
    }
  }

  /** Warns where {@code listen} is absent, and everybody is served. */
  static void warnOfDefaultListener(Section gateway, Source source) {
    if (!gateway.has(LISTEN)) {
      Place file = Place.ofFile(YamlFiles.GATEWAY);
      source.problems().add(Problem.Severity.WARNING, file, LISTEN.name(), PUBLIC, CLEARTEXT, null);
    }
  }
}

package dev.discreet.config;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running gateway can't change: its sockets and its event loops. */
final class RestartKeys {
  private static final String MESSAGE = "is changed, and needs a restart to take effect";

  private RestartKeys() {}

  /** Reports what differs from what is running. */
  static void requireUnchanged(
      Section main, ListenAddress admin, GatewayConfig running, Source source) {
    if (!asWritten(main.get(ListenReader.LISTEN)).equals(asWritten(running.listen()))) {
      report(main, ListenReader.LISTEN, source);
    }
    if (!admin.socket().equals(running.admin().socket())) {
      report(main, ListenReader.ADMIN, source);
    }
    if (main.get(GatewayReader.TRANSPORT) != running.transport()) {
      report(main, GatewayReader.TRANSPORT, source);
    }
  }

  private record Listener(
      InetSocketAddress socket, ListenerTls.@Nullable Settings tls, boolean proxyProtocol) {}

  /** What the files of TLS hold may change. */
  private static List<Listener> asWritten(List<ListenAddress> addresses) {
    return addresses.stream()
        .map(
            one ->
                new Listener(
                    one.socket(),
                    one.tls() == null ? null : one.tls().settings(),
                    one.proxyProtocol()))
        .toList();
  }

  private static void report(Section main, Key<?> key, Source source) {
    if (source.problems().hasErrors(key)) {
      // It was not read whole, as a certificate that is not yet written: whether it is changed is
      // not known, and what to do is told.
      return;
    }
    Node node = main.node(key);
    if (node == null) {
      source.problems().error(Place.ofFile(YamlFiles.GATEWAY), key.name(), "", MESSAGE);
    } else {
      node.error(MESSAGE);
    }
  }
}

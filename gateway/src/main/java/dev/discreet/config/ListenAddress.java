package dev.discreet.config;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address to listen on, and who asked for it, so that what is wrong with it can be told as
 * {@code check} would.
 *
 * @param socket the address; a name that could not be resolved stays so
 * @param place the file, with line and column where it stands there
 * @param key the path of its key
 * @param tls how it speaks TLS, or null for cleartext
 * @param proxyProtocol whether every connection begins with the header of a trusted proxy
 */
public record ListenAddress(
    InetSocketAddress socket,
    String place,
    String key,
    @Nullable ListenerTls tls,
    boolean proxyProtocol) {
  /** In cleartext, for clients. */
  public ListenAddress(InetSocketAddress socket, String place, String key) {
    this(socket, place, key, null, false);
  }

  /** {@return the same place, where connections begin so} */
  ListenAddress with(@Nullable ListenerTls ownTls, boolean fromProxies) {
    return new ListenAddress(socket, place, key, ownTls, fromProxies);
  }

  /** {@return whether clients are asked for certificates} */
  public boolean asksClients() {
    return tls != null && tls.asksClients();
  }

  /** {@return the line for people that says why this can't be listened on} */
  public String unusable(String why) {
    return "%s: error: %s: \"%s:%d\": %s"
        .formatted(place, key, socket.getHostString(), socket.getPort(), why);
  }
}

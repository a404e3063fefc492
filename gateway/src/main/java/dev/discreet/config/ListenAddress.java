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
 */
public record ListenAddress(
    InetSocketAddress socket, String place, String key, @Nullable ListenerTls tls) {
  /** In cleartext. */
  public ListenAddress(InetSocketAddress socket, String place, String key) {
    this(socket, place, key, null);
  }

  /** {@return the same, by TLS} */
  ListenAddress with(@Nullable ListenerTls ownTls) {
    return new ListenAddress(socket, place, key, ownTls);
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

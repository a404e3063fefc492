package dev.discreet.config;

import java.net.InetSocketAddress;

/**
 * An address to listen on, and who asked for it, so that what is wrong with it can be told as
 * {@code check} would.
 *
 * @param socket the address; a name that could not be resolved stays so
 * @param place the file, with line and column where it stands there
 * @param key the path of its key
 */
public record ListenAddress(InetSocketAddress socket, String place, String key) {
  /** {@return the line for people that says why this can't be listened on} */
  public String unusable(String why) {
    return "%s: error: %s: \"%s:%d\": %s"
        .formatted(place, key, socket.getHostString(), socket.getPort(), why);
  }
}

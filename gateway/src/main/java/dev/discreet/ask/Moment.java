package dev.discreet.ask;

import java.net.InetAddress;
import java.time.Instant;

/**
 * What a request has beside what it says: conditions of grants may ask about it.
 *
 * @param source the client's address
 * @param time when its head began
 */
public record Moment(InetAddress source, Instant time) {
  /** {@return this moment, from the loopback address} */
  public static Moment now() {
    return new Moment(InetAddress.getLoopbackAddress(), Instant.now());
  }
}

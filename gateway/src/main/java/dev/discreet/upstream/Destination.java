package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig.Address;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * Where connections go.
 *
 * @param url the host and port that the configuration says
 * @param socket the address that they stand for now
 */
record Destination(Address url, InetSocketAddress socket) {
  /** As the log says it: {@code documents:8080 (10.0.0.5:8080)}, or the address alone. */
  @Override
  public String toString() {
    String address = NetUtil.toSocketAddressString(socket);
    return address.equals(url.authority()) ? address : url.authority() + " (" + address + ")";
  }
}

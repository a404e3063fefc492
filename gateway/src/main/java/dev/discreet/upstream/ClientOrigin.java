package dev.discreet.upstream;

import dev.discreet.config.Cidr;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Where a client sees the gateway: what trusted proxies say of that, else what the request says.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and, where it is not the scheme's own, port; in lower case
 */
public record ClientOrigin(String scheme, String authority) {
  /**
   * {@return the origin that a request was sent to}
   *
   * @param listener the scheme of the listener
   */
  public static ClientOrigin of(
      HttpHeaders headers, InetAddress peer, List<Cidr> trustedProxies, String listener) {
    Forwarded said =
        ClientAddress.trusts(peer, trustedProxies)
            ? Forwarded.saidBy(headers, trustedProxies)
            : Forwarded.none();
    String scheme = said.protocol().isEmpty() ? listener : said.protocol();
    String host = said.host().isEmpty() ? headers.get(HttpHeaderNames.HOST, "") : said.host();
    return new ClientOrigin(scheme.toLowerCase(Locale.ROOT), authority(scheme, host));
  }

  private static String authority(String scheme, String host) {
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }

  /** {@return the origin as {@code origin} says it (RFC 6454 §6.2)} */
  @Override
  public String toString() {
    return scheme + "://" + authority;
  }
}

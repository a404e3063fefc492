package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is said of the way that a request has come: {@code forwarded} (RFC 7239) and its elder kin.
 * What trusted proxies said stays, and is appended to.
 *
 * @param chain of {@code forwarded} so far, or empty
 * @param addresses of {@code x-forwarded-for} so far, or empty
 * @param protocol that a trusted proxy saw, or empty
 * @param host that a trusted proxy saw, or empty
 */
record Forwarded(String chain, String addresses, String protocol, String host) {
  /** Until listeners speak TLS, every one of them speaks this. */
  private static final String PROTOCOL = "http";

  static Forwarded none() {
    return new Forwarded("", "", "", "");
  }

  static Forwarded saidBy(HttpHeaders headers) {
    return new Forwarded(
        headers.contains("forwarded")
            ? String.join(", ", headers.getAll("forwarded"))
            : translated(headers.getAll("x-forwarded-for")),
        String.join(", ", headers.getAll("x-forwarded-for")),
        headers.get("x-forwarded-proto", ""),
        headers.get("x-forwarded-host", ""));
  }

  /** What is said in the elder form alone, in the newer: a reader of either sees one chain. */
  private static String translated(List<String> addresses) {
    return addresses.stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .map(hop -> NetUtil.createByteArrayFromIpAddressString(hop) == null ? "unknown" : hop)
        .map(hop -> "for=" + (hop.indexOf(':') < 0 ? hop : "\"[" + hop + "]\""))
        .collect(Collectors.joining(", "));
  }

  void append(HttpHeaders headers, InetAddress peer, String hostField) {
    String address = NetUtil.toAddressString(peer);
    String node = peer instanceof Inet6Address ? "\"[" + address + "]\"" : address;
    StringBuilder element = new StringBuilder("for=").append(node).append(";proto=" + PROTOCOL);
    if (!hostField.isEmpty()) {
      // A port's colon is no token character.
      boolean quoted = hostField.indexOf(':') >= 0;
      element.append(";host=").append(quoted ? '"' + hostField + '"' : hostField);
    }
    headers.set("forwarded", chain.isEmpty() ? element : chain + ", " + element);
    headers.set("x-forwarded-for", addresses.isEmpty() ? address : addresses + ", " + address);
    headers.set("x-forwarded-proto", protocol.isEmpty() ? PROTOCOL : protocol);
    if (!host.isEmpty() || !hostField.isEmpty()) {
      headers.set("x-forwarded-host", host.isEmpty() ? hostField : host);
    }
  }
}

package dev.discreet.upstream;

import dev.discreet.config.Cidr;
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
  static Forwarded none() {
    return new Forwarded("", "", "", "");
  }

  /**
   * {@return what a trusted proxy said} What is said in one form alone is put in the other too: a
   * reader of either sees one chain. A {@code forwarded} that is malformed can't be appended to,
   * and nothing that stands beside it is believed.
   */
  static Forwarded saidBy(HttpHeaders headers, List<Cidr> trustedProxies) {
    List<String> lines = headers.getAll("forwarded");
    List<String> addresses = headers.getAll("x-forwarded-for");
    List<ForwardedElement> elements = ForwardedElement.of(lines);
    if (elements == null) {
      return none();
    }
    ForwardedElement far = farthest(elements, trustedProxies);
    return new Forwarded(
        elements.isEmpty() ? translated(addresses) : String.join(", ", lines),
        addresses.isEmpty() ? addresses(elements) : String.join(", ", addresses),
        headers.get("x-forwarded-proto", far.protocol()),
        headers.get("x-forwarded-host", far.host()));
  }

  /** What stands before it was not said by a trusted proxy, so it is the client's own word. */
  private static ForwardedElement farthest(
      List<ForwardedElement> elements, List<Cidr> trustedProxies) {
    ForwardedElement far = new ForwardedElement("", "", "");
    for (ForwardedElement element : elements.reversed()) {
      far = element;
      InetAddress node = ClientAddress.parse(element.node());
      if (node == null || !ClientAddress.trusts(node, trustedProxies)) {
        break;
      }
    }
    return far;
  }

  private static String addresses(List<ForwardedElement> elements) {
    return elements.stream()
        .map(element -> ClientAddress.parse(element.node()))
        .map(node -> node == null ? "unknown" : NetUtil.toAddressString(node))
        .collect(Collectors.joining(", "));
  }

  private static String translated(List<String> addresses) {
    return addresses.stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .map(hop -> NetUtil.createByteArrayFromIpAddressString(hop) == null ? "unknown" : hop)
        .map(hop -> "for=" + (hop.indexOf(':') < 0 ? hop : "\"[" + hop + "]\""))
        .collect(Collectors.joining(", "));
  }

  void append(HttpHeaders headers, InetAddress peer, String scheme, String hostField) {
    String address = NetUtil.toAddressString(peer);
    String node = peer instanceof Inet6Address ? "\"[" + address + "]\"" : address;
    StringBuilder element = new StringBuilder("for=").append(node).append(";proto=" + scheme);
    if (!hostField.isEmpty()) {
      // A port's colon is no token character.
      boolean quoted = hostField.indexOf(':') >= 0;
      element.append(";host=").append(quoted ? '"' + hostField + '"' : hostField);
    }
    headers.set("forwarded", chain.isEmpty() ? element : chain + ", " + element);
    headers.set("x-forwarded-for", addresses.isEmpty() ? address : addresses + ", " + address);
    headers.set("x-forwarded-proto", protocol.isEmpty() ? scheme : protocol);
    if (!host.isEmpty() || !hostField.isEmpty()) {
      headers.set("x-forwarded-host", host.isEmpty() ? hostField : host);
    }
  }
}

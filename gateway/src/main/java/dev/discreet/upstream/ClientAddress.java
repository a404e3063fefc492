package dev.discreet.upstream;

import dev.discreet.config.Cidr;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer, or, where the peer is a trusted proxy, the rightmost
 * address of {@code forwarded} (RFC 7239), else of {@code x-forwarded-for}, that is not one itself.
 * A {@code forwarded} that is malformed names nobody.
 */
public final class ClientAddress {
  private ClientAddress() {}

  /** {@return whether the peer may say where a request comes from} */
  public static boolean trusts(InetAddress peer, List<Cidr> trustedProxies) {
    return trustedProxies.stream().anyMatch(block -> block.contains(peer));
  }

  /** {@return the client's address} */
  public static InetAddress of(InetAddress peer, HttpHeaders headers, List<Cidr> trustedProxies) {
    InetAddress client = peer;
    List<String> hops = trusts(client, trustedProxies) ? hops(headers) : List.of();
    for (int i = hops.size() - 1; i >= 0 && trusts(client, trustedProxies); i--) {
      InetAddress hop = parse(hops.get(i));
      if (hop == null) {
        break;
      }
      client = hop;
    }
    return client;
  }

  private static List<String> hops(HttpHeaders headers) {
    List<ForwardedElement> elements = ForwardedElement.of(headers.getAll("forwarded"));
    if (elements == null) {
      return List.of();
    }
    List<String> hops = new ArrayList<>();
    elements.forEach(element -> hops.add(element.node()));
    if (hops.isEmpty()) {
      for (String value : headers.getAll("x-forwarded-for")) {
        addAll(value, hops);
      }
    }
    return hops;
  }

  /** Empty elements of a list count for nothing (RFC 9110 §5.6.1). */
  private static void addAll(String value, List<String> hops) {
    for (String hop : value.split(",", -1)) {
      if (!hop.isBlank()) {
        hops.add(hop.strip());
      }
    }
  }

  /** {@return the address of a node (RFC 7239 §6), without its port; null if it names none} */
  static @Nullable InetAddress parse(String hop) {
    String address = hop;
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      address = end < 0 ? hop : hop.substring(1, end);
    } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') > 0) {
      address = hop.substring(0, hop.indexOf(':'));
    }
    byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
    try {
      return octets == null ? null : InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}

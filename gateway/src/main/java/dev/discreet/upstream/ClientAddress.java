package dev.discreet.upstream;

import dev.discreet.config.Cidr;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer, or, where the peer is a trusted proxy, the rightmost
 * address of {@code forwarded} (RFC 7239), else of {@code x-forwarded-for}, that is not one itself.
 */
public final class ClientAddress {
  private ClientAddress() {}

  /** {@return whether the peer may say where a request comes from} */
  static boolean trusts(InetAddress peer, List<Cidr> trustedProxies) {
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
    List<String> hops = new ArrayList<>();
    for (String value : headers.getAll("forwarded")) {
      for (String element : split(value, ',')) {
        hops.add(node(element));
      }
    }
    if (hops.isEmpty()) {
      for (String value : headers.getAll("x-forwarded-for")) {
        for (String hop : value.split(",", -1)) {
          hops.add(hop.strip());
        }
      }
    }
    return hops;
  }

  /** {@return whom an element names; empty if nobody: an unknown hop hides all before it} */
  private static String node(String element) {
    for (String pair : split(element, ';')) {
      String said = pair.strip();
      if (said.toLowerCase(Locale.ROOT).startsWith("for=")) {
        return said.substring(4).replace("\"", "");
      }
    }
    return "";
  }

  /** Splits where {@code separator} stands outside a quoted string (RFC 9110 §5.6.4). */
  private static List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(value.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(value.substring(from));
    return parts;
  }

  private static @Nullable InetAddress parse(String hop) {
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

package dev.discreet.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Socket addresses, blocks of addresses and host names as text. */
public final class Addresses {
  private static final Pattern SOCKET =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,10})");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern HOST =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?:\\.(?!-)[a-z0-9_-]{1,63})*");
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65535;

  private Addresses() {}

  /**
   * {@return the address that {@code host:port} says; a name that can't be resolved stays so}
   *
   * @throws IllegalArgumentException if it is not one
   */
  static InetSocketAddress socket(String text) {
    Matcher matcher = SOCKET.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is not host:port; write for example 0.0.0.0:8080 or [::]:8080");
    }
    int port = port(matcher.group(2));
    String host = matcher.group(1);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    InetAddress address = literal(host);
    if (address == null && host.contains(":")) {
      throw new IllegalArgumentException("is not an IPv6 address and a port");
    }
    return address == null
        ? new InetSocketAddress(host, port)
        : new InetSocketAddress(address, port);
  }

  /**
   * {@return the port}
   *
   * @throws IllegalArgumentException if there is no such port
   */
  static int port(String text) {
    long port = Long.parseLong(text);
    if (port > MAX_PORT) {
      throw new IllegalArgumentException("has no possible port; ports go from 0 to " + MAX_PORT);
    }
    return (int) port;
  }

  /**
   * {@return the block, of one address where no prefix is given}
   *
   * @throws IllegalArgumentException if it is none
   */
  static Cidr cidr(String text) {
    int slash = text.indexOf('/');
    InetAddress network = literal(slash < 0 ? text : text.substring(0, slash));
    String prefix = slash < 0 ? "" : text.substring(slash + 1);
    if (network == null || (slash >= 0 && !prefix.matches("[0-9]{1,3}"))) {
      throw new IllegalArgumentException("is not a CIDR block; write for example 10.0.0.0/8");
    }
    int bits = network.getAddress().length * Byte.SIZE;
    int length = slash < 0 ? bits : Integer.parseInt(prefix);
    if (length > bits) {
      throw new IllegalArgumentException("has a prefix longer than " + bits + " bits");
    }
    Cidr block = new Cidr(network, length);
    if (!block.begins()) {
      throw new IllegalArgumentException(
          "has bits behind its prefix; write the first address of the block");
    }
    return block;
  }

  /**
   * {@return a host name, or {@code *.} and one, in lower case and without a final dot}
   *
   * @throws IllegalArgumentException if it is neither
   */
  static String hostPattern(String text) {
    return text.startsWith("*.") ? "*." + host(text.substring(2)) : host(text);
  }

  /**
   * {@return a host name in lower case and without a final dot}
   *
   * @throws IllegalArgumentException if it is none
   */
  static String host(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String host = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    if (host.length() > MAX_HOST || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "is not a host name; write for example api.example.com or *.example.com, without a port");
    }
    return host;
  }

  /** {@return whether {@code host} can only be this machine} */
  static boolean loopback(String host) {
    InetAddress address = literal(host);
    return address == null ? host.equalsIgnoreCase("localhost") : address.isLoopbackAddress();
  }

  /**
   * {@return the address that is written there, IPv4 as four decimal numbers, or null} No name is
   * looked up.
   */
  public static @Nullable InetAddress literal(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

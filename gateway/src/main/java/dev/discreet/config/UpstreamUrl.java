package dev.discreet.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an upstream, in parts.
 *
 * @param tls whether it is {@code https:}
 * @param address the host and port
 * @param basePath what is put before every path: empty, or a path without a final slash
 */
record UpstreamUrl(boolean tls, UpstreamConfig.Address address, String basePath) {
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>https?)://(?<authority>(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)"
              + "(?::(?<port>[0-9]{1,9}))?)(?<path>/.*)?");
  private static final Pattern BASE_PATH =
      Pattern.compile("(/(?!\\.{1,2}(/|$))([A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+)*");

  static final Type<Located<UpstreamUrl>> TYPE =
      Types.located(
          Types.parsed(
              "(?![\\s\\S]*/\\.{1,2}(?:/|$))https?://(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)"
                  + "(?::[0-9]{1,9})?(?:/[^?#\\s]*)?",
              UpstreamUrl::parse));

  /** {@return whether both are the same but for host and port} */
  boolean alike(UpstreamUrl other) {
    return tls == other.tls && basePath.equals(other.basePath);
  }

  /**
   * {@return the parts of a URL}
   *
   * @throws IllegalArgumentException if it is none, or none of an upstream
   */
  private static UpstreamUrl parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException("is not a URL such as http://documents:8080/base");
    }
    String port = url.group("port");
    if (port != null && Integer.parseInt(port) == 0) {
      throw new IllegalArgumentException("has the port 0, which nobody can listen on");
    }
    String host = url.group("host");
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
      requireLiteral(host);
    }
    boolean tls = url.group("scheme").equals("https");
    int standard = tls ? 443 : 80;
    return new UpstreamUrl(
        tls,
        new UpstreamConfig.Address(
            host, port == null ? standard : Addresses.port(port), url.group("authority")),
        basePath(url.group("path")));
  }

  private static void requireLiteral(String host) {
    if (Addresses.literal(host) == null) {
      throw new IllegalArgumentException("has no IPv6 address between its brackets");
    }
  }

  private static String basePath(@Nullable String path) {
    String base = path == null ? "" : path.replaceFirst("/$", "");
    if (!BASE_PATH.matcher(base).matches()) {
      throw new IllegalArgumentException(
          "has a path with a query, fragment, empty or dot segment, or characters of no path");
    }
    return base;
  }
}

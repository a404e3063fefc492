package dev.discreet.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of header fields as a configuration gives them, in lower case. */
final class HeaderNames {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");
  private static final Set<String> AUTHORIZING =
      Set.of("authorization", "dpop", "proxy-authenticate", "proxy-authorization");
  private static final Set<String> ROUTING =
      Set.of(
          "cookie",
          "forwarded",
          "x-real-ip",
          "x-request-id",
          "x-original-uri",
          "x-original-url",
          "x-rewrite-url",
          "x-envoy-original-path",
          "x-middleware-subrequest",
          "x-http-method-override",
          "x-http-method",
          "x-method-override");

  private HeaderNames() {}

  /**
   * {@return a name that the gateway may fill with a claim}
   *
   * @throws IllegalArgumentException if it is none, or frames, routes, authorizes or is hop-by-hop
   */
  static String forClaim(String text) {
    String name = removable(text);
    String plain = plain(name);
    if (ROUTING.contains(plain)
        || plain.startsWith("x-forwarded-")
        || plain.startsWith("x-http2-")) {
      throw new IllegalArgumentException("says where a request comes from or goes; use another");
    }
    return name;
  }

  /**
   * {@return a name that a client may be forbidden to send}
   *
   * @throws IllegalArgumentException if it is none, or frames, authorizes or is hop-by-hop
   */
  static String removable(String text) {
    String name = forProbe(text);
    if (AUTHORIZING.contains(plain(name))) {
      throw new IllegalArgumentException("authorizes a request; forward.token governs that");
    }
    return name;
  }

  /**
   * {@return a name that a probe may carry}
   *
   * @throws IllegalArgumentException if it is none, or frames a request or is hop-by-hop
   */
  static String forProbe(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException("is not the name of a header");
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (FRAMING.contains(plain(name))) {
      throw new IllegalArgumentException("frames or routes a request; the gateway sets it itself");
    }
    return name;
  }

  /** Upstreams that hand headers on as variables can't tell these apart (SPEC §6). */
  private static String plain(String name) {
    return name.replace('_', '-').replace('.', '-');
  }
}

package dev.discreet.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of header fields as a configuration gives them, in lower case. */
final class HeaderNames {
  static final String PATTERN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern TOKEN = Pattern.compile(PATTERN);
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

  private static final Set<String> OF_OTHERS =
      Set.of("accept", "content-type", "cookie", "origin", "user-agent", "x-request-id");

  private HeaderNames() {}

  /**
   * {@return a name under which a token may stand}
   *
   * @throws IllegalArgumentException if it is none, or stands for something else
   */
  static String forToken(String text) {
    String name = removable(text);
    String plain = ReservedHeaders.canonical(name);
    if (OF_OTHERS.contains(plain) || ReservedHeaders.include(plain)) {
      throw new IllegalArgumentException("stands for something else; use a header of its own");
    }
    return name;
  }

  /**
   * {@return a name that the gateway may fill with a claim}
   *
   * @throws IllegalArgumentException if it is none, or frames, routes, authorizes or is hop-by-hop
   */
  static String forClaim(String text) {
    String name = removable(text);
    String plain = ReservedHeaders.canonical(name);
    if (plain.equals("cookie") || ReservedHeaders.include(plain)) {
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
    if (AUTHORIZING.contains(ReservedHeaders.canonical(name))) {
      throw new IllegalArgumentException("authorizes a request; forward.token governs that");
    }
    return name;
  }

  /**
   * {@return a name that may be changed in an answer}
   *
   * @throws IllegalArgumentException if it is none, frames an answer or is hop-by-hop, or is the
   *     gateway's own
   */
  static String forAnswer(String text) {
    String name = forProbe(text);
    if (ReservedHeaders.canonical(name).equals("x-request-id")) {
      throw new IllegalArgumentException("is the gateway's own, by which its log is searched");
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
    if (FRAMING.contains(ReservedHeaders.canonical(name))) {
      throw new IllegalArgumentException("frames or routes messages; the gateway sets it itself");
    }
    return name;
  }
}

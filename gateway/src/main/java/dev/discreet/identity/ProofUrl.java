package dev.discreet.identity;

import java.util.HexFormat;
import java.util.Locale;

/** A URL in the form in which two that mean the same are equal (RFC 3986 §6.2.2, §6.2.3). */
final class ProofUrl {
  private static final String BEHIND_SCHEME = "://";

  private ProofUrl() {}

  /**
   * {@return scheme, authority and path: scheme and host in lower case, no default port, no empty
   * path, escapes only where they are needed and in capitals; without query and fragment}
   */
  static String normal(String url) {
    String bare = url.split("[?#]", 2)[0];
    int colon = bare.indexOf(BEHIND_SCHEME);
    if (colon < 0) {
      return bare;
    }
    String scheme = bare.substring(0, colon).toLowerCase(Locale.ROOT);
    int from = colon + BEHIND_SCHEME.length();
    int slash = bare.indexOf('/', from);
    String authority = slash < 0 ? bare.substring(from) : bare.substring(from, slash);
    String path = slash < 0 ? "/" : bare.substring(slash);
    return scheme + BEHIND_SCHEME + withoutDefaultPort(scheme, authority) + escapes(path);
  }

  private static String withoutDefaultPort(String scheme, String authority) {
    String port = scheme.equals("https") ? ":443" : scheme.equals("http") ? ":80" : ":";
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }

  private static String escapes(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    StringBuilder normal = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean escape =
          c == '%'
              && i + 2 < path.length()
              && HexFormat.isHexDigit(path.charAt(i + 1))
              && HexFormat.isHexDigit(path.charAt(i + 2));
      if (!escape) {
        normal.append(c);
        continue;
      }
      char octet = (char) HexFormat.fromHexDigits(path, i + 1, i + 3);
      if (isUnreserved(octet)) {
        normal.append(octet);
      } else {
        normal.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return normal.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}

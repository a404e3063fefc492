package dev.discreet.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The canonical encoding of decoded path segments (SPEC §2; RFC 3986 §3.3). */
public final class CanonicalPath {
  private static final String PCHAR = "-._~!$&'()*+,;=:@";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private CanonicalPath() {}

  /** {@return the path of {@code segments} without the first {@code skip} of them} */
  public static String of(List<String> segments, int skip) {
    StringBuilder path = new StringBuilder(64);
    for (int i = skip; i < segments.size(); i++) {
      path.append('/');
      append(path, segments.get(i));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private static void append(StringBuilder path, String segment) {
    for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
      if (isPchar(octet)) {
        path.append((char) octet);
      } else {
        path.append('%').append(HEX[(octet >> 4) & 0xf]).append(HEX[octet & 0xf]);
      }
    }
  }

  private static boolean isPchar(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || (octet > 0 && PCHAR.indexOf(octet) >= 0);
  }
}

package dev.discreet.http;

import dev.discreet.config.GatewayConfig.PathsConfig;
import dev.discreet.http.RequestTarget.AmbiguousTarget;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One segment of a path: percent-decoded once, or refused (SPEC §7; RFC 3986 §3.3). */
final class PathSegment {
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 0; c < 128; c++) {
      PLAIN[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~!$&'()*+,=:@".indexOf(c) >= 0;
    }
  }

  private PathSegment() {}

  static String decode(String raw, PathsConfig rules) throws AmbiguousTarget {
    boolean plain = true;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || (c == ';' && rules.semicolon())) {
        plain = false;
      } else if (c >= 128 || !PLAIN[c]) {
        throw new AmbiguousTarget("the path has a character that it may not have");
      }
    }
    String decoded = plain ? raw : unescape(raw);
    if (!plain) {
      checkDecoded(decoded, rules);
    }
    checkDots(decoded);
    return decoded;
  }

  private static String unescape(String raw) throws AmbiguousTarget {
    byte[] octets = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (!isEscape(raw, i)) {
          throw new AmbiguousTarget("the path has a malformed percent-escape");
        }
        octets[length++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
        i += 2;
      } else {
        octets[length++] = (byte) c;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AmbiguousTarget("the path is not UTF-8 once decoded");
    }
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && text.charAt(at + 1) < 128
        && Character.digit(text.charAt(at + 2), 16) >= 0
        && text.charAt(at + 2) < 128;
  }

  private static void checkDecoded(String decoded, PathsConfig rules) throws AmbiguousTarget {
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (Character.isISOControl(c)) {
        throw new AmbiguousTarget("the path has a control character");
      }
      if (c == '\\'
          || (c == '/' && !rules.encodedSlash())
          || (c == ';' && !rules.semicolon())
          || (c == '%' && isEscape(decoded, i))) {
        throw new AmbiguousTarget("the path hides a separator or an escape in an escape");
      }
    }
  }

  /** Dot segments, also beside a slash or before a parameter that are let pass as data. */
  private static void checkDots(String decoded) throws AmbiguousTarget {
    if (decoded.isEmpty() || decoded.indexOf('.') < 0) {
      return;
    }
    for (String part : decoded.split("/", -1)) {
      int parameter = part.indexOf(';');
      String name = parameter < 0 ? part : part.substring(0, parameter);
      if (name.equals(".") || name.equals("..")) {
        throw new AmbiguousTarget("the path has a dot segment");
      }
    }
  }
}

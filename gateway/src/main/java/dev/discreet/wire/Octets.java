package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Classes of octets (RFC 9110 §5.6, RFC 5234 §B.1). */
public final class Octets {
  private static final boolean[] TOKEN = new boolean[256];

  static {
    String others = "!#$%&'*+-.^_`|~";
    for (int octet = 0; octet < 128; octet++) {
      TOKEN[octet] = isAlphanumeric(octet) || others.indexOf(octet) >= 0;
    }
  }

  private Octets() {}

  /** {@return whether the octet may stand in a token} */
  public static boolean isToken(int octet) {
    return TOKEN[octet & 0xff];
  }

  /** {@return whether the octet is VCHAR or obs-text} */
  public static boolean isVisible(int octet) {
    return octet > ' ' && octet != 0x7f;
  }

  /** {@return whether the octet may stand in a field value, a reason phrase or a quoted pair} */
  public static boolean isText(int octet) {
    return isVisible(octet) || isBlank(octet);
  }

  /** {@return whether the octet is SP or HTAB} */
  public static boolean isBlank(int octet) {
    return octet == ' ' || octet == '\t';
  }

  static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  /** {@return whether {@code from} (inclusive) to {@code to} (exclusive) is 1*tchar} */
  static boolean isToken(ByteBuf in, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isToken(in.getUnsignedByte(i))) {
        return false;
      }
    }
    return from < to;
  }

  /** {@return the octets as ISO 8859-1, so that they can be written back unchanged} */
  static String text(ByteBuf in, int from, int to) {
    return in.toString(from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** {@return the index of the first such octet, or -1} */
  static int find(ByteBuf in, int from, int to, char octet) {
    return from < to ? in.indexOf(from, to, (byte) octet) : -1;
  }

  private static boolean isAlphanumeric(int octet) {
    return isDigit(octet) || (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
  }
}

package dev.discreet.identity;

import java.util.Arrays;

/** Base64url without padding, in its one canonical form (RFC 7515 §2, RFC 4648 §3.5 and §5). */
final class StrictBase64Url {
  private static final byte[] VALUES = new byte[128];

  static {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private StrictBase64Url() {}

  static byte[] decode(String text, int from, int to) throws RefusedToken {
    int length = to - from;
    int tail = length % 4;
    if (tail == 1) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    byte[] octets = new byte[length * 3 / 4];
    int bits = 0;
    int buffer = 0;
    int at = 0;
    for (int i = from; i < to; i++) {
      buffer = buffer << 6 | value(text.charAt(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        octets[at++] = (byte) (buffer >> bits);
      }
    }
    // Bits that are left over must be zero: else two texts would mean the same.
    if ((buffer & ((1 << bits) - 1)) != 0) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    return octets;
  }

  /** {@return whether the text is in that form} */
  static boolean isWellFormed(String text) {
    try {
      byte[] _ = decode(text, 0, text.length());
      return true;
    } catch (RefusedToken e) {
      return false;
    }
  }

  private static int value(char c) throws RefusedToken {
    int value = c < 128 ? VALUES[c] : -1;
    if (value < 0) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    return value;
  }
}

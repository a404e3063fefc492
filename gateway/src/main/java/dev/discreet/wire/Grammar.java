package dev.discreet.wire;

/** Character classes of RFC 9110 §5.5 and §5.6. */
final class Grammar {
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (char c = '!'; c < 0x7f; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private Grammar() {}

  static boolean isTokenChar(char c) {
    return c < 256 && TOKEN[c];
  }

  static boolean isToken(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return from < to;
  }

  /** {@return whether every character may stand in a field's value: HTAB, SP, VCHAR, obs-text} */
  static boolean isFieldText(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isWhitespace(char c) {
    return c == ' ' || c == '\t';
  }
}

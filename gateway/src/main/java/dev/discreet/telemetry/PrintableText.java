package dev.discreet.telemetry;

import java.util.HexFormat;

/** Text of a client's making, made safe for a line that a person reads. */
final class PrintableText {
  private PrintableText() {}

  /** Appends {@code value}, quoted where a reader could not tell where it ends. */
  static void append(StringBuilder out, String value) {
    if (!value.isEmpty() && value.chars().allMatch(PrintableText::plain)) {
      out.append(value);
      return;
    }
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        append(out, c, c > '~');
      }
    }
    out.append('"');
  }

  /** Appends {@code value} on one line: its control characters, U+007F–009F too, are escaped. */
  static void appendLine(StringBuilder out, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      append(out, c, c > '~' && c < '\u00a0');
    }
  }

  private static void append(StringBuilder out, char c, boolean escape) {
    if (escape || c < ' ') {
      out.append("\\u").append(HexFormat.of().toHexDigits(c));
    } else {
      out.append(c);
    }
  }

  private static boolean plain(int c) {
    return c > ' ' && c <= '~' && c != '"' && c != '\\' && c != '=';
  }
}

package dev.discreet.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of fields that are lists, or have parameters (RFC 9110 §5.6). */
public final class FieldValue {
  private FieldValue() {}

  /**
   * {@return what is between separators outside of quoted strings (RFC 9110 §5.6.4), but for what
   * is empty; null if a quoted string has no end}
   */
  public static @Nullable List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(value.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(value.substring(from).strip());
    parts.removeIf(String::isEmpty);
    return quoted ? null : parts;
  }
}

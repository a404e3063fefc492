package dev.discreet.upstream;

import dev.discreet.wire.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy said in {@code forwarded} (RFC 7239 §4) of who reached it, and how.
 *
 * @param node whom {@code for} names, or empty: such a hop hides all before it
 * @param protocol by which, or empty
 * @param host that was asked for, or empty
 */
record ForwardedElement(String node, String protocol, String host) {
  /** What goes into other fields: characters that could mean more there are not taken over. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.+:\\[\\]%_~-]*");

  /**
   * {@return the elements of all lines, the nearest proxy's last; null if one is malformed, since
   * readers then disagree on where the next begins}
   */
  static @Nullable List<ForwardedElement> of(List<String> lines) {
    List<ForwardedElement> all = new ArrayList<>();
    for (String line : lines) {
      List<String> elements = FieldValue.split(line, ',');
      if (elements == null) {
        return null;
      }
      for (String text : elements) {
        ForwardedElement element = read(text);
        if (element == null) {
          return null;
        }
        all.add(element);
      }
    }
    return all;
  }

  private static @Nullable ForwardedElement read(String element) {
    List<String> pairs = FieldValue.split(element, ';');
    if (pairs == null) {
      return null;
    }
    String node = "";
    String protocol = "";
    String host = "";
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String value = equals < 1 ? null : unquoted(pair.substring(equals + 1));
      if (value == null) {
        return null;
      }
      switch (pair.substring(0, equals).toLowerCase(Locale.ROOT)) {
        case "for" -> node = value;
        case "proto" -> protocol = plain(value);
        case "host" -> host = plain(value);
        default -> {}
      }
    }
    return new ForwardedElement(node, protocol, host);
  }

  private static String plain(String value) {
    return PLAIN.matcher(value).matches() ? value : "";
  }

  /** {@return what a token or a quoted string says, or null if it is neither} */
  private static @Nullable String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value.indexOf('"') < 0 ? value : null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        return i == value.length() - 1 ? text.toString() : null;
      }
      if (c == '\\') {
        i++;
      }
      text.append(value.charAt(i));
    }
    return null;
  }
}

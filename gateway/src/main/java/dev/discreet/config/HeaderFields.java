package dev.discreet.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Header fields that a configuration sets: a name, and a value that may be {@code {file: path}}.
 */
final class HeaderFields {
  private static final String VALUE = "[\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?";

  private HeaderFields() {}

  /**
   * {@return fields by name}
   *
   * @param names what a name is read by
   */
  static Type<Map<String, String>> named(Function<String, String> names) {
    return new Type<>(
        new Shape.Names(HeaderNames.PATTERN, Secrets.SHAPE, 0), node -> read(node, names));
  }

  private static Map<String, String> read(Node node, Function<String, String> names) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Node.Member member : node.members()) {
      String name = member.key().parseKey(names);
      String value = Secrets.secret(member.value());
      if (value != null && !value.matches(VALUE)) {
        member
            .value()
            .errorUnshown("holds what a header can't: only printable ASCII, no space at its ends");
      }
      if (name != null && value != null && headers.putIfAbsent(name, value) != null) {
        member.key().error("stands twice, in different case");
      }
    }
    return headers;
  }
}

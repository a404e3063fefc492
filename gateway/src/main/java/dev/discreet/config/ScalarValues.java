package dev.discreet.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that are compared with claims, so by type as well: a plain {@code true}, {@code false} or
 * JSON number (RFC 8259 §6) is one, everything else is text, and so is what is quoted or read from
 * the environment.
 */
final class ScalarValues {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,99})(?:\\.[0-9]{1,99})?(?:[eE][+-]?[0-9]{1,3})?");

  private ScalarValues() {}

  /** {@return a string, a boolean or a {@code BigDecimal} without trailing zeros; null if wrong} */
  static @Nullable Object read(Node node) {
    if (node.isPlain()) {
      String raw = node.raw();
      if (raw.equals("true") || raw.equals("false")) {
        return Boolean.valueOf(raw);
      }
      if (NUMBER.matcher(raw).matches()) {
        return new BigDecimal(raw).stripTrailingZeros();
      }
    }
    return node.text();
  }
}

package dev.discreet.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads <code>${NAME}</code> and <code>${NAME:-default}</code> in a value; <code>$${</code> is a
 * literal <code>${</code>. What a variable holds is not read again. As in a shell, the default
 * stands for an empty variable too.
 */
final class Interpolation {
  private static final Pattern OPENING = Pattern.compile("\\$?\\$\\{");
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final Map<String, String> environment;

  Interpolation(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * {@return {@code raw} with its variables read}
   *
   * @throws IllegalArgumentException if a variable is unset and has no default, or a reference is
   *     malformed
   */
  String apply(String raw) {
    if (!raw.contains("${")) {
      return raw;
    }
    Matcher opening = OPENING.matcher(raw);
    Matcher reference = REFERENCE.matcher(raw);
    StringBuilder read = new StringBuilder();
    int at = 0;
    while (opening.find(at)) {
      read.append(raw, at, opening.start());
      if (opening.group().startsWith("$$")) {
        read.append("${");
        at = opening.end();
      } else if (reference.find(opening.start()) && reference.start() == opening.start()) {
        read.append(value(reference));
        at = reference.end();
      } else {
        throw new IllegalArgumentException(
            "a variable is written ${NAME} or ${NAME:-default}; a literal ${ is written $${");
      }
    }
    return read.append(raw, at, raw.length()).toString();
  }

  private String value(Matcher reference) {
    String name = reference.group(1);
    String fallback = reference.group(2);
    String value = environment.get(name);
    if (fallback != null && (value == null || value.isEmpty())) {
      return fallback;
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " is not set; set it or write ${" + name + ":-…}");
    }
    return value;
  }
}

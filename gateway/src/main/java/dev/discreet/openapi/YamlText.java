package dev.discreet.openapi;

import java.util.List;
import java.util.regex.Pattern;

/** Text as YAML. */
final class YamlText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/_][A-Za-z0-9/_{}.~$:@+-]*(?<!:)");
  private static final int SHOWN = 240;

  private YamlText() {}

  /** {@return a value in block context, quoted where it must be} */
  static String value(String text) {
    return PLAIN.matcher(text).matches() && !text.contains("${") ? text : quoted(text);
  }

  /** {@return a value in flow context} */
  static String flow(String text) {
    return text.matches("[A-Za-z0-9_][A-Za-z0-9_./:-]*(?<!:)") ? text : quoted(text);
  }

  static String flow(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(YamlText::flow).toList()) + "]";
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''").replace("${", "$${") + "'";
  }

  /** {@return text of a document as one line of a comment} */
  static String comment(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\s]+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}

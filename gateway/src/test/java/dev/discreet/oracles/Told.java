package dev.discreet.oracles;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * All that a caller is told by an exchange.
 *
 * @param answers in their order
 * @param after what became of the connection
 */
record Told(List<Answer> answers, String after) {
  private static final Pattern DATE =
      Pattern.compile("(?m)^date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT(?=\r?$)");
  private static final Pattern ID = Pattern.compile("(?m)^x-request-id: [0-9a-f]{32}(?=\r?$)");

  /**
   * One answer.
   *
   * @param lines of its head
   * @param octets all of it as it came, and in HTTP/2 its frames
   */
  record Answer(int status, List<String> lines, String body, String octets) {
    /** {@return a field's value, or the empty text} */
    String value(String name) {
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    boolean has(String name) {
      return !value(name).isEmpty();
    }
  }

  Answer answer() {
    return answers.getFirst();
  }

  /** Blanks the date and the request id, where these have their form and length. */
  static String blanked(String octets) {
    return ID.matcher(DATE.matcher(octets).replaceAll("date: *")).replaceAll("x-request-id: *");
  }

  /** {@return every octet and every event, but for the date and the request id} */
  String shape() {
    StringBuilder shape = new StringBuilder();
    answers.forEach(answer -> shape.append(blanked(answer.octets())).append("\n==\n"));
    return shape.append(blanked(after)).toString();
  }
}

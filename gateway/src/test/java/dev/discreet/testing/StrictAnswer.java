package dev.discreet.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One final answer, read octet by octet: whatever RFC 9112 does not allow in it fails the test, and
 * so does an interim answer.
 *
 * @param octets all of it, as it came
 * @param status its status
 * @param fields its header fields, in their order
 * @param body its body, without its framing
 */
public record StrictAnswer(String octets, int status, List<Field> fields, String body) {
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.1 ([2-5][0-9]{2}) [!-~][ -~]*");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): ((?:[!-~](?:[ -~]*[!-~])?)?)");
  private static final Pattern DATE =
      Pattern.compile("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}(:[0-9]{2}){2} GMT");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Set<String> SEVERAL = Set.of("set-cookie", "www-authenticate", "vary");

  /** A header field; {@code name} in lower case. */
  public record Field(String name, String value) {}

  /** Reads the answer to a request of {@code method}, with which {@code octets} must end. */
  public static StrictAnswer only(String method, String octets) {
    return all(List.of(method), octets).getFirst();
  }

  /** Reads one answer for each of {@code methods}; nothing else may be there. */
  public static List<StrictAnswer> all(List<String> methods, String octets) {
    List<StrictAnswer> answers = new ArrayList<>();
    int at = 0;
    for (String method : methods) {
      StrictAnswer answer = read(method, octets.substring(at));
      answers.add(answer);
      at += answer.octets().length();
    }
    if (at < octets.length()) {
      throw new AssertionError("octets of no answer: " + octets.substring(at));
    }
    return answers;
  }

  private static StrictAnswer read(String method, String octets) {
    int bodyAt = octets.indexOf("\r\n\r\n") + 4;
    if (bodyAt < 4) {
      throw new AssertionError("no whole head: " + octets);
    }
    String[] lines = octets.substring(0, bodyAt - 4).split("\r\n", -1);
    int status = Integer.parseInt(matched(STATUS_LINE, lines[0]).group(1));
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      Matcher field = matched(FIELD, line);
      String name = field.group(1).toLowerCase(Locale.ROOT);
      if (!names.add(name) && !SEVERAL.contains(name)) {
        throw new AssertionError("twice: " + line);
      }
      fields.add(new Field(name, field.group(2)));
    }
    int length = bodyLength(method, status, fields);
    if (bodyAt + length > octets.length()) {
      throw new AssertionError("the body is cut: " + octets);
    }
    return new StrictAnswer(
        octets.substring(0, bodyAt + length),
        status,
        fields,
        octets.substring(bodyAt, bodyAt + length));
  }

  /** Every answer here says its length (RFC 9112 §6.3); HEAD has the length of GET and no body. */
  private static int bodyLength(String method, int status, List<Field> fields) {
    boolean none = method.equals("HEAD") || status == 204 || status == 304;
    List<String> lengths =
        fields.stream().filter(f -> f.name().equals("content-length")).map(Field::value).toList();
    if (fields.stream().anyMatch(f -> f.name().equals("transfer-encoding"))) {
      throw new AssertionError("an answer in chunks");
    }
    if (lengths.isEmpty() && !none) {
      throw new AssertionError("no length: " + fields);
    }
    return none ? 0 : Integer.parseInt(lengths.getFirst());
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("no line of an answer: " + line);
    }
    return matcher;
  }

  /** {@return a field's value, or the empty text} */
  public String value(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  /** {@return every octet, but for the date and the request id, which must have their form} */
  public String shape() {
    String date = matched(DATE, value("date")).group();
    String id = matched(ID, value("x-request-id")).group();
    return octets.replace("\r\ndate: " + date, "\r\ndate: *").replace(id, "*");
  }
}

package dev.discreet.openapi;

import dev.discreet.config.GatewayConfig.PathsConfig;
import dev.discreet.config.TemplateParser;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a path of OpenAPI to a template of ours. */
final class Templates {
  /** What stands for octets that are no text. */
  private static final String NO_TEXT = "\uFFFD";

  /** Once decoded: a backslash, a control character, an escape within an escape, no UTF-8. */
  private static final Pattern UNREADABLE =
      Pattern.compile("[\\\\\\p{Cntrl}\uFFFD]|%[0-9A-Fa-f]{2}");

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]+)}");

  private Templates() {}

  /**
   * {@return the template that matches what the path means}
   *
   * @throws IllegalArgumentException if there is none: why
   */
  static PathTemplate of(String path) {
    Set<String> names = new HashSet<>();
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      Matcher variable = VARIABLE.matcher(segment);
      segments.add(
          variable.matches() ? "{" + name(variable.group(1), names) + "}" : decoded(segment));
    }
    String template = String.join("/", segments);
    if (template.indexOf(';') >= 0) {
      throw new IllegalArgumentException("has a semicolon, which is refused by default");
    }
    if (segments.contains("**")) {
      throw new IllegalArgumentException(
          "has a segment **, which our templates read as a wildcard");
    }
    return TemplateParser.parse(template);
  }

  private static String name(String written, Set<String> taken) {
    String plain = written.replaceAll("[^A-Za-z0-9_-]", "_");
    String name = plain.matches("[A-Za-z_].*") ? plain : "_" + plain;
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + i;
    }
    return unique;
  }

  private static String decoded(String segment) {
    String text = unescaped(segment);
    if (text.indexOf('/') >= 0 || text.contains(NO_TEXT)) {
      throw new IllegalArgumentException("has a segment that can't be decoded: " + segment);
    }
    return text;
  }

  private static String unescaped(String segment) {
    if (!segment.matches(".*%[0-9A-Fa-f]{2}.*")) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return NO_TEXT;
    }
  }

  /** {@return what two templates have in common that match the same} */
  static String shape(PathTemplate template) {
    StringBuilder shape = new StringBuilder();
    for (Segment segment : template.segments()) {
      shape.append('/');
      switch (segment) {
        case Segment.Literal(String text) -> shape.append(text);
        case Segment.Variable _ -> shape.append("{}");
        case Segment.Rest _ -> shape.append("**");
      }
    }
    return shape.toString();
  }

  /**
   * {@return segments of a request for the path, decoded} What stands in braces is taken as it is:
   * no literal of ours has braces, so a variable matches it and nothing else does.
   */
  static List<String> sample(String path) {
    String plain = path.replaceFirst("^/", "").replaceFirst("[?#].*$", "");
    return Arrays.stream(plain.split("/", -1)).map(Templates::unescaped).toList();
  }

  /**
   * {@return why every request for the path is answered with 400 (SPEC §7), or null} Characters
   * that a client encodes are no reason.
   */
  static @Nullable String refusal(String path, PathsConfig rules) {
    List<String> segments = sample(VARIABLE.matcher(path).replaceAll("x"));
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.isEmpty() && i < segments.size() - 1) {
        return "an empty segment";
      }
      if (segment.equals(".") || segment.equals("..")) {
        return "a dot segment";
      }
      if (segment.indexOf(';') >= 0 && !rules.semicolon()) {
        return "a semicolon";
      }
      if (segment.indexOf('/') >= 0 && !rules.encodedSlash()) {
        return "an encoded slash";
      }
      if (UNREADABLE.matcher(segment).find()) {
        return "what could be read in two ways";
      }
    }
    return null;
  }
}

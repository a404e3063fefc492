package dev.discreet.openapi;

import dev.discreet.config.TemplateParser;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a path of OpenAPI to a template of ours. */
final class Templates {
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
    if (!segment.matches(".*%[0-9A-Fa-f]{2}.*")) {
      return segment;
    }
    String text = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (text.indexOf('/') >= 0 || text.indexOf('\uFFFD') >= 0) {
      throw new IllegalArgumentException("has a segment that can't be decoded: " + segment);
    }
    return text;
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
    List<String> segments = new ArrayList<>();
    for (String segment : plain.split("/", -1)) {
      try {
        segments.add(decoded(segment));
      } catch (IllegalArgumentException e) {
        segments.add(segment);
      }
    }
    return segments;
  }
}

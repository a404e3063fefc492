package dev.discreet.config;

import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the template of a route. */
public final class TemplateParser {
  static final String PATTERN =
      PathText.LEGAL + "(?:/(?:\\{[A-Za-z_][A-Za-z0-9_-]*\\}|[^/{}*]+))*(?:/\\*\\*|/)?";

  private TemplateParser() {}

  /**
   * {@return the template}
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PathTemplate parse(String text) {
    List<String> parts = PathText.segments(text);
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      Segment segment = segment(parts, i);
      if (segment instanceof Segment.Variable(String name) && !names.add(name)) {
        throw new IllegalArgumentException("names two segments {" + name + "}; rename one");
      }
      segments.add(segment);
    }
    return new PathTemplate(text, segments);
  }

  private static Segment segment(List<String> parts, int index) {
    String part = parts.get(index);
    if (part.equals("**")) {
      PathText.requireLast(index, parts);
      return Segment.Rest.REST;
    }
    if (part.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "has a * in it; use {name} for one segment and ** as the last for what is left");
    }
    if (part.startsWith("{claims.")) {
      throw new IllegalArgumentException("names a claim; that belongs into a grant's resources");
    }
    return PathText.hasBraces(part)
        ? new Segment.Variable(PathText.variable(part))
        : new Segment.Literal(part);
  }

  /** {@return the names of its variables} */
  static Stream<String> names(PathTemplate template) {
    return template.segments().stream()
        .filter(Segment.Variable.class::isInstance)
        .map(segment -> ((Segment.Variable) segment).name());
  }

  /** {@return the names of its variables, and <code>**</code> where it ends so} */
  static Set<String> variables(PathTemplate template) {
    Set<String> names = new HashSet<>();
    for (Segment segment : template.segments()) {
      switch (segment) {
        case Segment.Literal _ -> {}
        case Segment.Variable(String name) -> names.add("{" + name + "}");
        case Segment.Rest _ -> names.add("**");
      }
    }
    return names;
  }
}

package dev.discreet.policy;

import java.util.List;

/**
 * A route's template: literal segments, <code>{name}</code> for one segment, <code>**</code> as the
 * last for what is left.
 *
 * @param text as configured
 * @param segments its parts; a trailing slash is an empty literal at the end
 */
public record PathTemplate(String text, List<Segment> segments) {
  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /** One part of a template. */
  public sealed interface Segment {
    /** Exactly this text. */
    record Literal(String text) implements Segment {}

    /** One segment that is not empty. */
    record Variable(String name) implements Segment {}

    /** What is left, nothing included. */
    enum Rest implements Segment {
      REST
    }
  }

  @Override
  public String toString() {
    return text;
  }
}

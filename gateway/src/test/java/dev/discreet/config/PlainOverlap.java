package dev.discreet.config;

import dev.discreet.policy.Grant;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import java.util.List;

/**
 * Whether a grant can be about a resource of a route, as plainly as can be, to compare indexes
 * with.
 */
final class PlainOverlap {
  private PlainOverlap() {}

  static boolean of(Grant grant, Route route) {
    return grant.resources().stream()
        .anyMatch(
            pattern ->
                Overlap.hosts(pattern.host(), route.host())
                    && paths(pattern.segments(), route.resource().segments()));
  }

  private static boolean paths(List<Part> pattern, List<Segment> template) {
    for (int i = 0; i < Math.max(pattern.size(), template.size()); i++) {
      if (i < pattern.size() && pattern.get(i) instanceof Part.Below) {
        return true;
      }
      if (i < template.size() && template.get(i) instanceof Segment.Rest) {
        return true;
      }
      if (i >= pattern.size() || i >= template.size() || !meet(pattern.get(i), template.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean meet(Part part, Segment segment) {
    if (part instanceof Part.Literal(String wanted)
        && segment instanceof Segment.Literal(String text)) {
      return wanted.equals(text);
    }
    // A variable, or what stands for one segment, is never empty.
    return !(part instanceof Part.Literal(String wanted) && wanted.isEmpty())
        && !(segment instanceof Segment.Literal(String text) && text.isEmpty());
  }
}

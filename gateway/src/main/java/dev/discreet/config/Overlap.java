package dev.discreet.config;

import dev.discreet.policy.Grant;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a grant can be about a resource of a route. */
final class Overlap {
  private Overlap() {}

  static boolean of(Grant grant, Route route) {
    return grant.resources().stream()
        .anyMatch(
            pattern ->
                hosts(pattern.host(), route.host())
                    && paths(pattern.segments(), route.resource().segments()));
  }

  static boolean hosts(@Nullable HostPattern pattern, @Nullable String host) {
    if (pattern == null || host == null) {
      return pattern == null && host == null;
    }
    String suffix = host.startsWith("*") ? host.substring(1) : host;
    return switch (pattern) {
      case HostPattern.Exact(String exact) ->
          host.startsWith("*") ? exact.endsWith(suffix) : exact.equals(host);
      case HostPattern.AnyBelow(String below) -> suffix.endsWith(below) || below.endsWith(suffix);
      case HostPattern.ClaimBelow(_, String below) ->
          suffix.endsWith(below) || below.endsWith(suffix);
    };
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

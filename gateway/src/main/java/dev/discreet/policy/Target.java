package dev.discreet.policy;

import dev.discreet.policy.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request is about: the route that decides, what its variables stand for, and the resource.
 *
 * @param route the route
 * @param captures the values of the variables of its path template
 * @param resource what is decided upon
 * @param request what was asked
 */
record Target(Route route, Map<String, String> captures, Resource resource, AccessRequest request) {
  /** Reads the variables out of a path that {@code route} is known to match. */
  static Target of(Route route, AccessRequest request) {
    List<String> path = request.segments();
    Map<String, String> captures = new HashMap<>();
    List<String> rest = List.of();
    List<Segment> template = route.path().segments();
    for (int i = 0; i < template.size(); i++) {
      switch (template.get(i)) {
        case Segment.Literal literal -> {}
        case Segment.Variable variable -> captures.put(variable.name(), path.get(i));
        case Segment.Rest all -> rest = path.subList(i, path.size());
      }
    }
    List<String> segments = route.resourceIsPath() ? path : expand(route, captures, rest);
    return new Target(
        route,
        captures,
        new Resource(route.host() == null ? null : request.host(), segments),
        request);
  }

  private static List<String> expand(Route route, Map<String, String> captures, List<String> rest) {
    List<String> segments = new ArrayList<>();
    for (Segment segment : route.resource().segments()) {
      switch (segment) {
        case Segment.Literal literal -> segments.add(literal.text());
        case Segment.Variable variable ->
            segments.add(captures.getOrDefault(variable.name(), variable.name()));
        case Segment.Rest all -> segments.addAll(rest);
      }
    }
    return segments;
  }
}

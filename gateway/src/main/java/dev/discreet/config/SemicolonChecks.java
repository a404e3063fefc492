package dev.discreet.config;

import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.List;

/**
 * Reports what names a segment with a semicolon where every request with one is refused (SPEC §7):
 * it looks like a rule and could never apply.
 */
final class SemicolonChecks {
  private static final String REFUSED =
      "has a ;, and paths with one are refused; say paths: {semicolon: data} in gateway.yaml";

  private SemicolonChecks() {}

  static void check(List<ReadRoute> routes, List<ReadGrant> grants) {
    for (ReadRoute route : routes) {
      if (has(route.route().path())) {
        route.path().error(REFUSED);
      }
      Node resource = route.resource();
      if (resource != null && has(route.route().resource())) {
        resource.error(REFUSED);
      }
    }
    for (ReadGrant grant : grants) {
      for (Located<ResourcePattern> pattern : grant.resources()) {
        if (has(pattern.value())) {
          pattern.at().error(REFUSED);
        }
      }
    }
  }

  private static boolean has(PathTemplate template) {
    return template.segments().stream()
        .anyMatch(segment -> segment instanceof Segment.Literal(String text) && has(text));
  }

  private static boolean has(ResourcePattern pattern) {
    return pattern.segments().stream()
        .anyMatch(part -> part instanceof Part.Literal(String text) && has(text));
  }

  private static boolean has(String segment) {
    return segment.indexOf(';') >= 0;
  }
}

package dev.discreet.config;

import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Grants by the first segment of what they are about, so that large policies load quickly. */
final class GrantIndex {
  private final List<ReadGrant> all;
  private final Map<String, Set<ReadGrant>> byFirst = new HashMap<>();
  private final Set<ReadGrant> anyFirst = new LinkedHashSet<>();

  GrantIndex(List<ReadGrant> grants) {
    all = grants;
    for (ReadGrant grant : grants) {
      for (ResourcePattern pattern : grant.grant().resources()) {
        if (pattern.segments().getFirst() instanceof Part.Literal(String first)) {
          byFirst.computeIfAbsent(first, _ -> new LinkedHashSet<>()).add(grant);
        } else {
          anyFirst.add(grant);
        }
      }
    }
  }

  /** {@return the grants that can be about a resource of the route} */
  Stream<ReadGrant> about(Route route) {
    Stream<ReadGrant> candidates =
        route.resource().segments().getFirst() instanceof Segment.Literal(String first)
            ? Stream.concat(byFirst.getOrDefault(first, Set.of()).stream(), anyFirst.stream())
            : all.stream();
    return candidates.filter(grant -> Overlap.of(grant.grant(), route));
  }
}

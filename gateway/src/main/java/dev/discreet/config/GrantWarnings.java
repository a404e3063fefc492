package dev.discreet.config;

import dev.discreet.policy.ResourcePattern;
import java.util.List;

/** Warns of grants on what no route leads to: mostly a misspelt segment. */
final class GrantWarnings {
  private GrantWarnings() {}

  static void check(List<ReadRoute> routes, List<ReadGrant> grants) {
    TemplateIndex resources = new TemplateIndex(routes.stream().map(ReadRoute::route).toList());
    for (ReadGrant grant : grants) {
      for (Located<ResourcePattern> pattern : grant.resources()) {
        if (!resources.meets(pattern.value())) {
          pattern.at().warn("matches no resource of any route");
        }
      }
    }
  }
}

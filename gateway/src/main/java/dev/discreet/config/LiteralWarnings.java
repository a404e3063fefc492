package dev.discreet.config;

import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns of a literal segment that asks for more than the variable beside it: to an upstream that
 * ignores case or suffixes, {@code /users/ADMIN} is {@code /users/admin}, and to the gateway it is
 * {@code /users/{name}}.
 */
final class LiteralWarnings {
  private LiteralWarnings() {}

  static void check(List<ReadRoute> routes) {
    Map<String, ReadRoute> shapes = new HashMap<>();
    routes.forEach(route -> shapes.put(RouteChecks.shape(route.route()), route));
    for (ReadRoute route : routes) {
      List<Segment> segments = route.route().path().segments();
      for (int i = 0; i < segments.size(); i++) {
        if (segments.get(i) instanceof Segment.Literal(String text) && !text.isEmpty()) {
          ReadRoute beside = shapes.get(RouteChecks.shape(route.route(), i));
          if (beside != null) {
            compare(route, text, beside);
          }
        }
      }
    }
  }

  private static boolean asksForMore(
      Route literal, Requirement asked, Route variable, Requirement other) {
    return !Implication.implies(other, asked) || !literal.stepUp().isMetWith(variable.stepUp());
  }

  private static void compare(ReadRoute literal, String text, ReadRoute variable) {
    literal
        .methods()
        .forEach(
            (method, asked) -> {
              Requirement other = variable.route().methods().get(method);
              if (other != null
                  && asksForMore(literal.route(), asked.value(), variable.route(), other)) {
                asked
                    .at()
                    .warn(
                        "asks for more than "
                            + variable.route().path()
                            + " does: an upstream that ignores case or suffixes is reached by"
                            + " another spelling of "
                            + text);
              }
            });
  }
}

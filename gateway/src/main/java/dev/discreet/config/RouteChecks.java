package dev.discreet.config;

import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold between routes. */
final class RouteChecks {
  private final Map<String, Node> shapes = new HashMap<>();
  private final Map<String, Node> names = new HashMap<>();

  private RouteChecks() {}

  /**
   * Reports routes that no request could tell apart, names given twice, and what nobody could call.
   *
   * @param issuers the names of the issuers, or null where they could not be read
   */
  static void check(List<ReadRoute> routes, @Nullable Set<String> issuers) {
    RouteChecks checks = new RouteChecks();
    for (ReadRoute route : routes) {
      checks.requireUnique(route);
      if (issuers != null && issuers.isEmpty()) {
        requirePublic(route);
      }
    }
  }

  private void requireUnique(ReadRoute route) {
    Node first = shapes.putIfAbsent(shape(route.route()), route.path());
    if (first != null) {
      route
          .path()
          .error("matches exactly what " + first.raw() + " matches, at " + first.value().place());
    }
    Node name = route.name();
    if (name != null) {
      Node other = names.putIfAbsent(route.route().name(), name);
      if (other != null) {
        name.error("names two routes; the other is at " + other.value().place());
      }
    }
  }

  private static void requirePublic(ReadRoute route) {
    for (Located<Requirement> asked : route.methods().values()) {
      if (!(asked.value() instanceof Requirement.Public)) {
        asked.at().error("can't be met without issuers; define one, or make the route public");
      }
    }
  }

  /** {@return what two routes have in common that match exactly the same} */
  static String shape(Route route) {
    return shape(route, -1);
  }

  /** {@return the shape of the route if its segment at {@code freed} were a variable} */
  static String shape(Route route, int freed) {
    PathTemplate path = route.path();
    StringBuilder shape = new StringBuilder(route.host() == null ? "" : route.host());
    for (int i = 0; i < path.segments().size(); i++) {
      shape.append('/');
      if (i == freed) {
        shape.append("{}");
        continue;
      }
      switch (path.segments().get(i)) {
        // No literal has braces, nor is one **.
        case Segment.Literal(String text) -> shape.append(text);
        case Segment.Variable _ -> shape.append("{}");
        case Segment.Rest _ -> shape.append("**");
      }
    }
    return shape.toString();
  }
}

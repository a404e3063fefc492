package dev.discreet.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes, prepared for finding the one that decides (SPEC §2, step 3): first those of the exact
 * host, then those of the longest <code>*.</code> wildcard, then those without a host.
 */
public final class RouteTable {
  private final List<Route> routes;
  private final Map<String, TemplateTree<Route>> byHost = new HashMap<>();
  private final Map<String, TemplateTree<Route>> bySuffix = new HashMap<>();
  private final TemplateTree<Route> anyHost = new TemplateTree<>();

  /**
   * Prepares {@code routes}.
   *
   * @throws IllegalArgumentException if two of them match exactly the same paths of the same host
   */
  public RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      treeFor(route.host()).add(route.path(), route);
    }
  }

  private TemplateTree<Route> treeFor(@Nullable String host) {
    if (host == null) {
      return anyHost;
    }
    return host.startsWith("*.")
        ? bySuffix.computeIfAbsent(host.substring(1), suffix -> new TemplateTree<>())
        : byHost.computeIfAbsent(host, exact -> new TemplateTree<>());
  }

  /** {@return every route, in the order of the configuration} */
  public List<Route> routes() {
    return routes;
  }

  /** {@return the route that decides, or null where none matches} */
  public @Nullable Route find(String host, List<String> path) {
    Route found = byHost.isEmpty() ? null : find(byHost.get(host), path);
    if (found == null && !bySuffix.isEmpty()) {
      // The leftmost dot leaves the longest suffix; a wildcard stands for at least one character.
      for (int dot = host.indexOf('.', 1);
          dot > 0 && found == null;
          dot = host.indexOf('.', dot + 1)) {
        found = find(bySuffix.get(host.substring(dot)), path);
      }
    }
    return found != null ? found : anyHost.find(path);
  }

  private static @Nullable Route find(@Nullable TemplateTree<Route> tree, List<String> path) {
    return tree == null ? null : tree.find(path);
  }
}

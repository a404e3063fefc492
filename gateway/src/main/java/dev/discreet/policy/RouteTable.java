package dev.discreet.policy;

import java.util.List;

/** The routes, prepared for finding the one that decides (SPEC §2, step 3). */
public final class RouteTable {
  private final List<Route> routes;

  /** Prepares {@code routes}, of which no two may match exactly the same paths of the same host. */
  public RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** {@return every route, in the order of the configuration} */
  public List<Route> routes() {
    return routes;
  }
}

package dev.discreet.openapi;

import dev.discreet.policy.Route;
import dev.discreet.policy.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a document and the routes disagree: each operation is looked up in the table that decides
 * on requests, so what counts is what would be answered, not how a template is written.
 */
public final class Drift {
  private final RouteTable routes;
  private final List<String> hosts = new ArrayList<>(List.of(""));
  private final Map<Route, Set<String>> called = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  private Drift(RouteTable routes) {
    this.routes = routes;
    routes.routes().stream()
        .map(Route::host)
        .filter(host -> host != null)
        .map(host -> host.replaceFirst("^\\*", "any"))
        .distinct()
        .forEach(hosts::add);
  }

  /**
   * {@return each operation without a route and each method of a route without an operation, with
   * its place}
   *
   * @param upstream only routes to it must have operations; null for all
   */
  public static List<String> of(OpenApi document, RouteTable routes, @Nullable String upstream) {
    Drift drift = new Drift(routes);
    document.unread().forEach(finding -> drift.found.add(finding.in(document.file())));
    document.operations().stream()
        // Answered with 405 whatever the routes say.
        .filter(operation -> !operation.method().equals("TRACE"))
        .forEach(operation -> drift.look(document, operation));
    for (Route route : routes.routes()) {
      if (upstream == null || upstream.equals(route.forwarding().upstream())) {
        drift.look(route);
      }
    }
    return drift.found;
  }

  private void look(OpenApi document, Operation operation) {
    boolean routed = false;
    boolean named = false;
    for (String host : hosts) {
      Route route = routes.find(host, Templates.sample(operation.path()));
      if (route != null) {
        routed = true;
        String method = method(route, operation.method());
        named |= method != null;
        if (method != null) {
          called.computeIfAbsent(route, r -> new HashSet<>()).add(method);
        }
      }
    }
    if (!named) {
      String what = routed ? " has a route that does not name the method" : " has no route";
      found.add(new Finding(operation.line(), operation + what).in(document.file()));
    }
  }

  /** {@return the method of the route that decides: HEAD asks what GET asks unless it is named} */
  private static @Nullable String method(Route route, String method) {
    if (route.methods().containsKey(method)) {
      return method;
    }
    return method.equals("HEAD") && route.methods().containsKey("GET") ? "GET" : null;
  }

  private void look(Route route) {
    Set<String> known = called.getOrDefault(route, Set.of());
    for (String method : route.methods().keySet()) {
      if (!known.contains(method)) {
        found.add(route.place() + ": " + method + " " + route.path() + " has no operation");
      }
    }
  }
}

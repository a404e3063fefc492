package dev.discreet.openapi;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.GatewayConfig.PathsConfig;
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
  private final PathsConfig paths;
  private final LeaveOut leaveOut;
  private final List<String> hosts = new ArrayList<>(List.of(""));
  private final Map<Route, Set<String>> called = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  private Drift(GatewayConfig config, LeaveOut leaveOut) {
    this.routes = config.routes();
    this.paths = config.paths();
    this.leaveOut = leaveOut;
    routes.routes().stream()
        .map(Route::host)
        .filter(host -> host != null)
        .map(host -> host.replaceFirst("^\\*", "any"))
        .distinct()
        .forEach(hosts::add);
  }

  /**
   * {@return each operation without a route and each method of a route without an operation, with
   * its place; and what of {@code leaveOut} is none of these}
   *
   * @param upstream only routes to it must have operations; null for all
   */
  public static List<String> of(
      OpenApi document, GatewayConfig config, @Nullable String upstream, LeaveOut leaveOut) {
    Drift drift = new Drift(config, leaveOut);
    document.unread().forEach(finding -> drift.tell(finding.what(), finding.in(document.file())));
    document.operations().forEach(operation -> drift.look(document, operation));
    for (Route route : config.routes().routes()) {
      if (upstream == null || upstream.equals(route.forwarding().upstream())) {
        drift.look(route);
      }
    }
    leaveOut
        .unused()
        .forEach(entry -> drift.found.add(entry + " is nothing that differs; remove it"));
    return drift.found;
  }

  /** Tells of a difference, unless it is meant. */
  private void tell(String what, String line) {
    if (leaveOut.naming(what).isEmpty()) {
      found.add(line);
    }
  }

  private void look(OpenApi document, Operation operation) {
    String refusal = Templates.refusal(operation.path(), paths);
    if (operation.method().equals("TRACE")) {
      // Answered with 405 whatever the routes say, so it may be left out and need not.
      var _ = leaveOut.naming(operation.toString());
    } else if (refusal != null) {
      differs(document, operation, "has " + refusal + " in its path, which is answered with 400");
    } else {
      route(document, operation);
    }
  }

  private void differs(OpenApi document, Operation operation, String why) {
    Finding finding = new Finding(operation.at(), operation.toString(), why);
    tell(operation.toString(), finding.in(document.file()));
  }

  private void route(OpenApi document, Operation operation) {
    boolean routed = false;
    Route deciding = null;
    for (String host : hosts) {
      Route route = routes.find(host, Templates.sample(operation.path()));
      if (route != null) {
        routed = true;
        String method = operation.decidedBy(route.methods().keySet());
        if (method != null) {
          deciding = route;
          called.computeIfAbsent(route, r -> new HashSet<>()).add(method);
        }
      }
    }
    if (deciding == null) {
      differs(
          document,
          operation,
          routed ? "has a route that does not name the method" : "has no route");
      return;
    }
    for (LeaveOut.Entry entry : leaveOut.naming(operation.toString())) {
      found.add(
          "%s: %s is left out, but the route at %s decides on it"
              .formatted(entry.place(), operation, deciding.place()));
    }
  }

  private void look(Route route) {
    Set<String> known = called.getOrDefault(route, Set.of());
    for (String method : route.methods().keySet()) {
      if (!known.contains(method)) {
        String what = method + " " + route.path();
        tell(what, route.place() + ": " + what + " has no operation");
      }
    }
  }
}

package dev.discreet.ask;

import dev.discreet.ask.Policy.Explained;
import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.Explanation;
import dev.discreet.policy.Explanation.Asked;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Wanted;
import dev.discreet.policy.Grant;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.Route;
import dev.discreet.policy.Row;
import dev.discreet.policy.StepUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What of a policy some inquiries exercised, and what none did. */
public final class Coverage {
  /** What is counted. */
  public enum Kind {
    /** Routes that decided. */
    ROUTES,
    /** Methods that a route names and that were asked for. */
    METHODS,
    /** Grants that gave a permission that was asked. */
    GRANTS,
    /** Rows of the decision table that the core can reach; 5b if a route asks for step-up. */
    ROWS;

    /** {@return as people write it} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Method(Route route, String name) {}

  private final GatewayConfig config;
  private final Set<Route> routes = new HashSet<>();
  private final Set<Method> methods = new HashSet<>();
  private final Set<Grant> grants = new HashSet<>();
  private final Set<String> rows = new HashSet<>();

  Coverage(GatewayConfig config) {
    this.config = config;
  }

  void count(Explained explained, Reply reply) {
    if (reply.row() != null) {
      rows.add(reply.row());
    }
    Explanation explanation = explained.explanation();
    Found found = explanation == null ? null : explanation.found();
    if (found == null) {
      return;
    }
    routes.add(found.route());
    Asked asked = found.asked();
    if (asked != null) {
      String named = found.route().methods().containsKey(asked.method()) ? asked.method() : "GET";
      methods.add(new Method(found.route(), named));
      count(asked);
    }
    found.knowing().forEach(this::count);
  }

  private void count(Asked asked) {
    for (Wanted wanted : asked.permissions()) {
      if (wanted.by() != null) {
        grants.add(wanted.by());
      }
    }
  }

  /** {@return how many there are} */
  public int total(Kind kind) {
    return switch (kind) {
      case ROUTES -> config.routes().routes().size();
      case METHODS -> config.routes().routes().stream().mapToInt(r -> r.methods().size()).sum();
      case GRANTS -> config.grants().all().size();
      case ROWS -> (int) reachable().count();
    };
  }

  /** {@return how many were exercised} */
  public int exercised(Kind kind) {
    return total(kind) - unexercised(kind).size();
  }

  /** {@return the share that was exercised, in percent, rounded down; 100 where there are none} */
  public int percent(Kind kind) {
    return total(kind) == 0 ? 100 : exercised(kind) * 100 / total(kind);
  }

  /** {@return those that were never exercised, in words, in the order of the configuration} */
  public List<String> unexercised(Kind kind) {
    List<String> never = new ArrayList<>();
    switch (kind) {
      case ROUTES ->
          config.routes().routes().stream()
              .filter(route -> !routes.contains(route))
              .forEach(route -> never.add(Words.of(route)));
      case METHODS -> config.routes().routes().forEach(route -> methods(route, never));
      case GRANTS ->
          config.grants().all().stream()
              .filter(grant -> !grants.contains(grant))
              .forEach(grant -> never.add(Words.of(grant)));
      case ROWS ->
          reachable()
              .map(Row::number)
              .filter(row -> !rows.contains(row))
              .forEach(row -> never.add(row + ": " + Rows.meaning(row)));
    }
    return never;
  }

  /** What no route asks for, no test can lead to. */
  private Stream<Row> reachable() {
    boolean stepsUp =
        config.routes().routes().stream().anyMatch(route -> !route.stepUp().equals(StepUp.NONE));
    boolean asksUpstream =
        config.routes().routes().stream()
            .anyMatch(route -> route.knownTo() == KnownTo.Upstream.UPSTREAM);
    return Arrays.stream(Row.values())
        .filter(row -> stepsUp || row != Row.STEP_UP)
        .filter(row -> asksUpstream || row != Row.KNOWN_TO_UPSTREAM);
  }

  private void methods(Route route, List<String> never) {
    for (String method : route.methods().keySet()) {
      if (!methods.contains(new Method(route, method))) {
        never.add(route.place() + ": " + method + " " + Words.template(route));
      }
    }
  }
}

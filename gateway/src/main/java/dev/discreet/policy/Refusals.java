package dev.discreet.policy;

import dev.discreet.policy.Decision.NotFound.Reason;
import dev.discreet.policy.Verdict.AskExistence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a known caller who may not do what he asks (SPEC §2, rows 6 to 12). Only to who
 * may know, or as himself, is existence asked for.
 */
final class Refusals {
  private Refusals() {}

  /** Rows 6 to 10: the route names the method, and permissions are missing. */
  static Verdict.Enforced lacking(
      Target target, Requirement requirement, Rights rights, boolean mayKnow) {
    Route route = target.route();
    if (!mayKnow) {
      return new Verdict.Settled(hidden(target));
    }
    Decision present = forbidden(Row.LACKING, target, requirement, rights);
    if (route.collection()) {
      return new Verdict.Settled(present);
    }
    Decision unknown =
        unknown(
            Row.LACKING_UNKNOWN,
            route,
            forbidden(Row.LACKING_UNKNOWN, target, requirement, rights));
    return new AskExistence(
        route,
        target.resource(),
        new AskExistence.Outcomes(
            present, new Decision.NotFound(Row.LACKING_ABSENT, route, Reason.ABSENT), unknown),
        false);
  }

  private static Decision hidden(Target target) {
    return isEmptyList(target)
        ? new Decision.EmptyCollection(
            Row.EMPTY_LIST, target.route(), String.valueOf(target.route().emptyList()))
        : new Decision.NotFound(Row.HIDDEN, target.route(), Reason.CONCEALED);
  }

  private static boolean isEmptyList(Target target) {
    String method = target.request().method();
    Route route = target.route();
    return route.collection()
        && (method.equals("GET") || method.equals("HEAD"))
        && route.methods().containsKey("GET");
  }

  private static Decision forbidden(
      Row row, Target target, Requirement requirement, Rights rights) {
    String method = target.request().method();
    return new Decision.Forbidden(
        row,
        target.route(),
        target.resource(),
        missing(requirement, rights, method),
        rights.tokenCouldHelp(method));
  }

  /** Row 7u, in place of rows 7 to 12: who holds the rights is asked, as this caller. */
  static Verdict.Enforced knownToUpstream(
      Target target,
      @Nullable Requirement requirement,
      Rights rights,
      StepUp.@Nullable Shortfall lacks) {
    Route route = target.route();
    if (requirement != null && isEmptyList(target)) {
      return new Verdict.Settled(hidden(target));
    }
    Row row = Row.KNOWN_TO_UPSTREAM;
    Decision concealed = new Decision.NotFound(row, route, Reason.CONCEALED);
    if (lacks != null) {
      return new Verdict.Settled(concealed);
    }
    Decision known =
        requirement == null
            ? new Decision.MethodNotAllowed(row, route, allow(route.methods().keySet()))
            : forbidden(row, target, requirement, rights);
    return new AskExistence(
        route,
        target.resource(),
        new AskExistence.Outcomes(
            known, new Decision.NotFound(row, route, Reason.ABSENT), concealed),
        true);
  }

  private static Requirement missing(Requirement requirement, Rights rights, String method) {
    return requirement instanceof Requirement.AllOf all
        ? new Requirement.AllOf(
            all.permissions().stream().filter(p -> !rights.holds(p, method)).toList())
        : requirement;
  }

  /** Rows 11 and 12: the route does not name the method. */
  static Verdict.Enforced methodNotNamed(Target target, boolean mayKnow) {
    Route route = target.route();
    if (!mayKnow) {
      return new Verdict.Settled(new Decision.NotFound(Row.METHOD_HIDDEN, route, Reason.CONCEALED));
    }
    Decision present =
        new Decision.MethodNotAllowed(Row.METHOD_NOT_NAMED, route, allow(route.methods().keySet()));
    if (route.collection()) {
      return new Verdict.Settled(present);
    }
    return new AskExistence(
        route,
        target.resource(),
        new AskExistence.Outcomes(
            present,
            new Decision.NotFound(Row.METHOD_NOT_NAMED, route, Reason.ABSENT),
            unknown(Row.METHOD_NOT_NAMED, route, present)),
        false);
  }

  private static Decision unknown(Row row, Route route, Decision disclosed) {
    return switch (route.onUnknown()) {
      case CONCEAL -> new Decision.NotFound(row, route, Reason.CONCEALED);
      case DISCLOSE -> disclosed;
      case UNAVAILABLE -> new Decision.Unavailable(row, route);
    };
  }

  private static List<String> allow(Set<String> named) {
    List<String> allow = new ArrayList<>();
    for (String method : named) {
      allow.add(method);
      if (method.equals("GET") && !named.contains("HEAD")) {
        allow.add("HEAD");
      }
    }
    return allow;
  }
}

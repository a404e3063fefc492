package dev.discreet.policy;

import dev.discreet.policy.Decision.NotFound.Reason;
import dev.discreet.policy.Verdict.AskExistence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision of SPEC §2, steps 3 to 6. Immutable; a request sees one of it from start to end.
 *
 * <p>No step before the last looks at anything whose cost or outcome depends on whether the
 * resource exists: the route is found by path, the rights by caller, and only a caller who may know
 * leads to {@link AskExistence}.
 */
public final class Authorizer {
  private final RouteTable routes;
  private final Grants grants;
  private final boolean observes;
  private final ConditionFailures failures;

  /** Decides by these routes and grants. */
  public Authorizer(RouteTable routes, Grants grants) {
    this(routes, grants, ConditionFailures.IGNORED);
  }

  /** Decides by these routes and grants, and tells of conditions that can't be evaluated. */
  public Authorizer(RouteTable routes, Grants grants, ConditionFailures failures) {
    this.routes = routes;
    this.grants = grants;
    this.failures = failures;
    observes = routes.routes().stream().anyMatch(Route::observes);
  }

  /** {@return what decides by other routes and grants, and tells of failures as this does} */
  public Authorizer next(RouteTable otherRoutes, Grants otherGrants) {
    return new Authorizer(otherRoutes, otherGrants, failures);
  }

  /** {@return what is done with {@code request} of {@code caller}, or what must be asked first} */
  public Verdict authorize(AccessRequest request, Caller caller) {
    Route route = routes.find(request.host(), request.segments());
    if (route == null) {
      return settled(
          caller instanceof Caller.Anonymous
              ? new Decision.Unauthenticated(Row.ANONYMOUS, null)
              : new Decision.NotFound(Row.NO_ROUTE, null, Reason.ABSENT));
    }
    Target target = Target.of(route, request);
    Verdict.Enforced verdict = enforced(target, request, caller);
    return route.observes() ? observed(target, verdict) : verdict;
  }

  /**
   * {@return the permit for a request whose credential is refused, or null where that holds} A
   * route that observes lets it pass, as an anonymous caller's.
   */
  public Decision.@Nullable Forward observed(AccessRequest request) {
    Route route = observes ? routes.find(request.host(), request.segments()) : null;
    return route == null || !route.observes()
        ? null
        : forward(Row.ANONYMOUS, Target.of(route, request), null);
  }

  private static Verdict observed(Target target, Verdict.Enforced verdict) {
    return switch (verdict) {
      case Verdict.Settled(Decision.Forward _) -> verdict;
      case Verdict.Settled(Decision refusal) ->
          new Verdict.Observed(forward(refusal.row(), target, null), verdict);
      case AskExistence question ->
          new Verdict.Observed(
              forward(question.resolve(Existence.UNKNOWN).row(), target, null), verdict);
    };
  }

  private Verdict.Enforced enforced(Target target, AccessRequest request, Caller caller) {
    Route route = target.route();
    Rights rights = grants.of(caller, target, failures);
    Requirement requirement = requirementOf(route, request.method());
    StepUp.Shortfall lacks = lacks(target, caller);
    Decision.Forward permit =
        requirement == null ? null : permit(target, caller, rights, requirement);
    if (permit != null && lacks == null) {
      boolean told =
          route.forwarding().shield().unlessKnown()
              && caller instanceof Caller.Authenticated
              && mayKnow(target, rights, null);
      return settled(told ? permit.toWhoMayKnow() : permit);
    }
    if (caller instanceof Caller.Anonymous) {
      return settled(new Decision.Unauthenticated(Row.ANONYMOUS, route));
    }
    if (permit != null && lacks != null) {
      return settled(new Decision.InsufficientAuthentication(Row.STEP_UP, route, lacks));
    }
    if (route.knownTo() == KnownTo.Upstream.UPSTREAM) {
      return Refusals.knownToUpstream(target, requirement, rights, lacks);
    }
    boolean mayKnow = mayKnow(target, rights, lacks);
    return requirement == null
        ? Refusals.methodNotNamed(target, mayKnow)
        : Refusals.lacking(target, requirement, rights, mayKnow);
  }

  /** {@return the verdict and what led to it} Its cost grows with the grants to others. */
  public Explanation explain(AccessRequest request, Caller caller) {
    return Explainer.explain(this, routes, grants, request, caller);
  }

  /** HEAD asks what GET asks unless the route names HEAD. */
  static @Nullable Requirement requirementOf(Route route, String method) {
    Requirement named = route.methods().get(method);
    return named == null && method.equals("HEAD") ? route.methods().get("GET") : named;
  }

  static Decision.@Nullable Forward permit(
      Target target, Caller caller, Rights rights, Requirement requirement) {
    Row row = caller instanceof Caller.Anonymous ? Row.PUBLIC : Row.PERMITTED;
    String method = target.request().method();
    return switch (requirement) {
      case Requirement.Public all -> forward(row, target, null);
      case Requirement.Authenticated any ->
          caller instanceof Caller.Anonymous ? null : forward(row, target, null);
      case Requirement.AllOf all -> {
        Grant last = null;
        for (String permission : all.permissions()) {
          last = rights.giving(permission, method);
          if (last == null) {
            yield null;
          }
        }
        yield forward(row, target, last);
      }
      case Requirement.AnyOf any -> {
        for (String permission : any.permissions()) {
          Grant grant = rights.giving(permission, method);
          if (grant != null) {
            yield forward(row, target, grant);
          }
        }
        yield null;
      }
    };
  }

  private static Decision.Forward forward(Row row, Target target, @Nullable Grant grant) {
    return new Decision.Forward(
        row, target.route(), target.resource(), grant == null ? null : grant.place(), false);
  }

  /**
   * {@return what the caller's authentication lacks for the route, or null} Who is anonymous has
   * none: a grant to anyone does not replace what the route asks.
   */
  static StepUp.@Nullable Shortfall lacks(Target target, Caller caller) {
    AuthenticationEvent event =
        caller instanceof Caller.Authenticated known
            ? known.authentication()
            : AuthenticationEvent.UNKNOWN;
    return target.route().stepUp().shortfall(event, target.request().time());
  }

  static boolean mayKnow(Target target, Rights rights, StepUp.@Nullable Shortfall lacks) {
    Route route = target.route();
    String method = target.request().method();
    return switch (route.knownTo()) {
      case KnownTo.AnyAuthenticated any -> true;
      // Whoever it is that may, the upstream alone can tell.
      case KnownTo.Nobody _, KnownTo.Upstream _ -> false;
      case KnownTo.WhoMayCall callers -> lacks == null && mayCallSome(route, rights);
      case KnownTo.Holders holders ->
          lacks == null && holds(rights, holders.permissions(), route, method);
    };
  }

  private static boolean mayCallSome(Route route, Rights rights) {
    for (Map.Entry<String, Requirement> named : callable(route, rights).entrySet()) {
      if (holds(rights, named.getValue(), route, named.getKey())) {
        return true;
      }
    }
    return false;
  }

  /** What GET asks, HEAD asks: only a condition can tell the two apart. */
  static Map<String, Requirement> callable(Route route, Rights rights) {
    Requirement get = route.methods().get("GET");
    if (get == null || route.methods().containsKey("HEAD") || !rights.conditional()) {
      return route.methods();
    }
    Map<String, Requirement> callable = new LinkedHashMap<>(route.methods());
    callable.put("HEAD", get);
    return callable;
  }

  static boolean holds(Rights rights, Requirement requirement, Route route, String method) {
    return switch (requirement) {
      // To call such a method reveals this resource only where it is what the path names.
      case Requirement.Public all -> route.resourceIsPath();
      case Requirement.Authenticated any -> route.resourceIsPath();
      case Requirement.AllOf all ->
          all.permissions().stream().allMatch(p -> rights.holds(p, method));
      case Requirement.AnyOf any ->
          any.permissions().stream().anyMatch(p -> rights.holds(p, method));
    };
  }

  private static Verdict.Enforced settled(Decision decision) {
    return new Verdict.Settled(decision);
  }
}

package dev.discreet.policy;

import dev.discreet.policy.Explanation.Asked;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what led to a verdict, by asking {@link Authorizer} and its rights once more. */
final class Explainer {
  private final Grants grants;
  private final AccessRequest request;
  private final Caller caller;

  private Explainer(Grants grants, AccessRequest request, Caller caller) {
    this.grants = grants;
    this.request = request;
    this.caller = caller;
  }

  static Explanation explain(
      Authorizer core, RouteTable routes, Grants grants, AccessRequest request, Caller caller) {
    Route route = routes.find(request.host(), request.segments());
    return new Explanation(
        core.authorize(request, caller),
        route == null ? null : new Explainer(grants, request, caller).found(route),
        new Rivals(routes, request).of(route));
  }

  private Found found(Route route) {
    Target target = Target.of(route, request);
    Rights rights = grants.of(caller, target, ConditionFailures.IGNORED);
    Requirement requirement = Authorizer.requirementOf(route, request.method());
    Asked asked =
        requirement == null
            ? null
            : asked(
                request.method(),
                requirement,
                Authorizer.permit(target, caller, rights, requirement) != null,
                target,
                rights);
    boolean known = caller instanceof Caller.Authenticated;
    StepUp.Shortfall lacks = Authorizer.lacks(target, caller);
    return new Found(
        route,
        target.captures(),
        target.resource(),
        asked,
        lacks,
        known && Authorizer.mayKnow(target, rights, lacks),
        known && lacks == null ? knowing(target, rights) : List.of());
  }

  private List<Asked> knowing(Target target, Rights rights) {
    Route route = target.route();
    Map<String, Requirement> asked =
        switch (route.knownTo()) {
          case KnownTo.WhoMayCall callers -> Authorizer.callable(route, rights);
          case KnownTo.Holders holders -> Map.of("", holders.permissions());
          case KnownTo.AnyAuthenticated any -> Map.of();
          case KnownTo.Nobody _, KnownTo.Upstream _ -> Map.of();
        };
    List<Asked> known = new ArrayList<>();
    asked.forEach(
        (method, requirement) ->
            known.add(
                asked(
                    method,
                    requirement,
                    Authorizer.holds(rights, requirement, route, judged(method)),
                    target,
                    rights)));
    return known;
  }

  private Asked asked(
      String method, Requirement requirement, boolean met, Target target, Rights rights) {
    List<String> names =
        switch (requirement) {
          case Requirement.AllOf all -> all.permissions();
          case Requirement.AnyOf any -> any.permissions();
          case Requirement.Public all -> List.of();
          case Requirement.Authenticated any -> List.of();
        };
    Counterfactual what = new Counterfactual(caller, target, judged(method));
    List<Wanted> wanted = new ArrayList<>();
    for (String permission : names) {
      wanted.add(
          new Wanted(
              permission,
              rights.giving(permission, judged(method)),
              () -> what.misses(grants, permission)));
    }
    return new Asked(method, requirement, met, wanted);
  }

  /** {@code knownTo} judges by the method that is called. */
  private String judged(String method) {
    return method.isEmpty() ? request.method() : method;
  }
}

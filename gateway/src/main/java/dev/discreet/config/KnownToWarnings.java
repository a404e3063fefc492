package dev.discreet.config;

import dev.discreet.config.GatewayConfig.ForwardConfig;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.Gives;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.PermissionSet;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import java.util.List;
import java.util.Set;

/**
 * Warns of a {@code knownTo} that hides a resource from someone who may call a method on it: by
 * calling he learns that it exists.
 *
 * <p>Each grant is looked at alone. What a token carries is not known here, so of a grant of {@code
 * permissions: token} it is asked only whether who may read may know. A grant with a condition is
 * looked at as if it held: it gives all of its permissions or none, so who may call by it may know
 * by it too, unless the condition asks for the method.
 */
final class KnownToWarnings {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final Requirement MET_BY_NOBODY = new Requirement.AnyOf(List.of());

  private KnownToWarnings() {}

  static void check(List<ReadRoute> routes, List<ReadGrant> all) {
    PatternIndex<Gives> grants = new PatternIndex<>(routes.stream().map(ReadRoute::route).toList());
    for (ReadGrant read : all) {
      Grant grant = read.grant();
      grant.resources().forEach(pattern -> grants.add(pattern, grant.gives()));
    }
    for (ReadRoute route : routes) {
      Node at = route.knownTo();
      if (at == null) {
        continue;
      }
      List<String> methods =
          route.route().methods().entrySet().stream()
              .filter(m -> hides(route.route(), m.getKey(), m.getValue(), grants))
              .map(m -> m.getKey())
              .toList();
      if (!methods.isEmpty()) {
        at.warn(
            "hides the resource from some who may call " + String.join(", ", methods) + " on it");
      }
    }
  }

  /** Warns where the upstream is to judge callers of whom it is told nothing. */
  static void checkForwarded(List<ReadRoute> routes, ForwardConfig forward) {
    if (!forward.stripToken() || !forward.claims().isEmpty()) {
      return;
    }
    for (ReadRoute route : routes) {
      Node at = route.knownTo();
      if (at != null && route.route().knownTo() instanceof KnownTo.Upstream) {
        at.warn("asks about callers of whom forward says nothing; keep the token, or name claims");
      }
    }
  }

  private static boolean hides(
      Route route, String method, Requirement asked, PatternIndex<Gives> grants) {
    return switch (route.knownTo()) {
      case KnownTo.WhoMayCall _, KnownTo.AnyAuthenticated _, KnownTo.Upstream _ -> false;
      case KnownTo.Nobody _ -> anybodyMayCall(route, method, asked, MET_BY_NOBODY, grants);
      case KnownTo.Holders(Requirement known) ->
          anybodyMayCall(route, method, asked, known, grants);
    };
  }

  private static boolean anybodyMayCall(
      Route route,
      String method,
      Requirement asked,
      Requirement known,
      PatternIndex<Gives> grants) {
    if (Implication.implies(asked, known)) {
      return false;
    }
    return switch (asked) {
      case Requirement.Public _, Requirement.Authenticated _ -> route.resourceIsPath();
      case Requirement.AllOf _, Requirement.AnyOf _ ->
          grants.about(route).stream().anyMatch(gives -> shows(gives, method, asked, known));
    };
  }

  private static boolean shows(Gives gives, String method, Requirement asked, Requirement known) {
    return switch (gives) {
      case Gives.TokenPermissions _ -> READING.contains(method);
      case Gives.Permissions(PermissionSet given) -> meets(given, asked) && !meets(given, known);
    };
  }

  private static boolean meets(PermissionSet given, Requirement asked) {
    return switch (asked) {
      case Requirement.Public _, Requirement.Authenticated _ -> true;
      case Requirement.AllOf(List<String> all) -> all.stream().allMatch(given::covers);
      case Requirement.AnyOf(List<String> any) -> any.stream().anyMatch(given::covers);
    };
  }
}

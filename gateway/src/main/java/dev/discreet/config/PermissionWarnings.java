package dev.discreet.config;

import dev.discreet.policy.KnownTo;
import dev.discreet.policy.PermissionSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Warns of permissions that no grant can give, and of those that no route asks. */
final class PermissionWarnings {
  private PermissionWarnings() {}

  /**
   * Adds the warnings.
   *
   * @param written what stands in roles and grants
   */
  static void check(List<ReadRoute> routes, List<ReadGrant> grants, List<Located<String>> written) {
    Set<String> given = new LinkedHashSet<>();
    grants.forEach(grant -> given.addAll(grant.gift().permissions()));
    Set<String> asked = new LinkedHashSet<>();
    // What a token carries is not known here: it may be anything.
    boolean anything = grants.stream().anyMatch(grant -> grant.gift().token());
    PermissionSet all = new PermissionSet(anything ? Set.of("*") : given);
    for (ReadRoute route : routes) {
      route.methods().values().forEach(m -> check(Permissions.of(m.value()), m.at(), all, asked));
      if (route.knownTo() != null
          && route.route().knownTo() instanceof KnownTo.Holders(var permissions)) {
        check(Permissions.of(permissions), route.knownTo(), all, asked);
      }
    }
    for (Located<String> permission : written) {
      PermissionSet one = new PermissionSet(Set.of(permission.value()));
      if (asked.stream().noneMatch(one::covers)) {
        permission.at().warn("is asked by no route");
      }
    }
  }

  private static void check(
      List<String> permissions, Node at, PermissionSet given, Set<String> asked) {
    asked.addAll(permissions);
    for (String permission : permissions) {
      if (!given.covers(permission)) {
        at.warn("asks for " + permission + ", which no grant can give");
      }
    }
  }
}

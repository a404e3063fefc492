package dev.discreet.config;

import dev.discreet.policy.KnownTo;
import dev.discreet.policy.PermissionSet;
import java.util.HashSet;
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
    Set<String> useful = useful(asked);
    for (Located<String> permission : written) {
      if (!useful.contains(permission.value())) {
        permission.at().warn("is asked by no route");
      }
    }
  }

  /** {@return all that a grant could say to give one of {@code asked}} */
  private static Set<String> useful(Set<String> asked) {
    Set<String> useful = new HashSet<>(asked);
    for (String permission : asked) {
      useful.add("*");
      int last = permission.length() - 1;
      for (int at = permission.indexOf(':'); at >= 0 && at < last; ) {
        useful.add(permission.substring(0, at + 1) + "*");
        at = permission.indexOf(':', at + 1);
      }
    }
    return useful;
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

package dev.discreet.config;

import dev.discreet.policy.KnownTo;
import dev.discreet.policy.PermissionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warns of permissions that no grant can give, and of those that no route asks. */
final class PermissionWarnings {
  /** Words that may stand where a permission is asked, by the key where they stand. */
  private static final Set<String> OF_METHODS = Set.of("public", "authenticated");

  private static final Set<String> OF_KNOWN_TO = Set.of("nobody", "authenticated", "upstream");

  private final Set<String> given = new LinkedHashSet<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<Set<String>, Set<String>> suggested = new HashMap<>();
  private final PermissionSet named;
  private final boolean byToken;

  private PermissionWarnings(List<ReadGrant> grants) {
    grants.forEach(grant -> given.addAll(grant.gift().permissions()));
    named = new PermissionSet(given);
    // What a token carries is not known here: it may be anything.
    byToken = grants.stream().anyMatch(grant -> grant.gift().token());
  }

  /**
   * Adds the warnings.
   *
   * @param written what stands in roles and grants
   */
  static void check(List<ReadRoute> routes, List<ReadGrant> grants, List<Located<String>> written) {
    PermissionWarnings warnings = new PermissionWarnings(grants);
    for (ReadRoute route : routes) {
      route
          .methods()
          .values()
          .forEach(m -> warnings.check(Permissions.of(m.value()), m.at(), OF_METHODS));
      if (route.knownTo() != null
          && route.route().knownTo() instanceof KnownTo.Holders(var permissions)) {
        warnings.check(Permissions.of(permissions), route.knownTo(), OF_KNOWN_TO);
      }
    }
    Set<String> useful = useful(warnings.asked);
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

  private Set<String> known(Set<String> words) {
    return suggested.computeIfAbsent(
        words,
        key -> {
          Set<String> known = new LinkedHashSet<>(given);
          known.addAll(words);
          return known;
        });
  }

  private void check(List<String> permissions, Node at, Set<String> words) {
    asked.addAll(permissions);
    for (String permission : permissions) {
      if (given.contains(permission)) {
        continue;
      }
      if (!byToken && !named.covers(permission)) {
        Set<String> known = known(words);
        at.warnNear("asks for " + permission + ", which no grant can give", permission, known);
      } else if (Suggestions.oneSlipFrom(permission, words) != null) {
        at.warnNear("is read as a permission, which no grant names", permission, words);
      }
    }
  }
}

package dev.discreet.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one caller holds on one resource: the grants that cover it, and what the token carries for
 * those that say {@code permissions: token}.
 */
final class Rights {
  private final List<Grant> grants;
  private final Set<String> ofToken;

  Rights(List<Grant> grants, Set<String> ofToken) {
    this.grants = grants;
    this.ofToken = ofToken;
  }

  /** {@return the grant that gives {@code permission}, or null where none does} */
  @Nullable Grant giving(String permission) {
    for (Grant grant : grants) {
      boolean gives =
          switch (grant.gives()) {
            case Grant.Gives.Permissions some -> some.permissions().covers(permission);
            case Grant.Gives.TokenPermissions token -> ofToken.contains(permission);
          };
      if (gives) {
        return grant;
      }
    }
    return null;
  }

  boolean holds(String permission) {
    return giving(permission) != null;
  }

  boolean isEmpty() {
    return grants.isEmpty();
  }

  /** {@return whether a token that carries more could help here} */
  boolean tokenCouldHelp() {
    for (Grant grant : grants) {
      if (grant.gives() instanceof Grant.Gives.TokenPermissions) {
        return true;
      }
    }
    return false;
  }
}

package dev.discreet.policy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Permissions that are given: names, <code>*</code> for all, <code>prefix:*</code> for those that
 * have at least one character after the prefix.
 */
public final class PermissionSet {
  private final Set<String> exact = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();
  private final boolean all;

  /** Holds permissions as written in a role or grant. */
  public PermissionSet(Collection<String> permissions) {
    all = permissions.contains("*");
    for (String permission : permissions) {
      if (permission.endsWith(":*")) {
        prefixes.add(permission.substring(0, permission.length() - 1));
      } else {
        exact.add(permission);
      }
    }
  }

  /** {@return whether {@code permission}, which has no wildcard, is among them} */
  public boolean covers(String permission) {
    if (all || exact.contains(permission)) {
      return true;
    }
    if (prefixes.isEmpty()) {
      return false;
    }
    for (int at = permission.indexOf(':'); at >= 0; at = permission.indexOf(':', at + 1)) {
      if (at + 1 < permission.length() && prefixes.contains(permission.substring(0, at + 1))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PermissionSet set
        && exact.equals(set.exact)
        && prefixes.equals(set.prefixes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(exact, prefixes);
  }
}

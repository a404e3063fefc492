package dev.discreet.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives permissions to callers on resources.
 *
 * @param place where it stands, {@code file:line}: its name in logs and explanations
 * @param to whom
 * @param issuers the issuers whose callers are meant, by name; null for those of any
 * @param gives what
 * @param resources on what; at least one
 * @param when the condition under which it applies, or null for always
 */
public record Grant(
    String place,
    To to,
    @Nullable Set<String> issuers,
    Gives gives,
    List<ResourcePattern> resources,
    @Nullable Condition when) {
  public Grant {
    issuers = issuers == null ? null : Set.copyOf(issuers);
    resources = List.copyOf(resources);
  }

  /** To whom. */
  public sealed interface To {
    /** Everybody, anonymous callers too. */
    enum Anyone implements To {
      ANYONE
    }

    /** Everybody with a valid token. */
    enum AnyAuthenticated implements To {
      ANY_AUTHENTICATED
    }

    /** These subjects. */
    record Subjects(Set<String> subjects) implements To {}

    /** The members of these groups. */
    record Groups(Set<String> groups) implements To {}

    /**
     * Those whose claim is, or whose list claim has, one of these values.
     *
     * @param values strings, booleans and {@code BigDecimal}s without trailing zeros
     */
    record Claimants(ClaimPath claim, Set<Object> values) implements To {}
  }

  /** What is given. */
  public sealed interface Gives {
    /** These permissions, roles resolved; wildcards as written. */
    record Permissions(PermissionSet permissions) implements Gives {}

    /** What the caller's token carries, to the letter. */
    enum TokenPermissions implements Gives {
      TOKEN_PERMISSIONS
    }
  }
}

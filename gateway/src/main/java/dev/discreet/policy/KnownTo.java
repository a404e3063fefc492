package dev.discreet.policy;

/** Who may learn whether a route's resource exists (SPEC §2, {@code knownTo}). */
public sealed interface KnownTo {
  /** Who may call at least one method of the route on the resource: the default. */
  enum WhoMayCall implements KnownTo {
    WHO_MAY_CALL
  }

  /** Every authenticated caller. */
  enum AnyAuthenticated implements KnownTo {
    ANY_AUTHENTICATED
  }

  /** Nobody: a refusal is always the canonical 404. */
  enum Nobody implements KnownTo {
    NOBODY
  }

  /** Whom the upstream shows it: it is asked as the caller. */
  enum Upstream implements KnownTo {
    UPSTREAM
  }

  /** Who holds these permissions on the resource. */
  record Holders(Requirement permissions) implements KnownTo {}
}

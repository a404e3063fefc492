package dev.discreet.policy;

import java.util.Set;

/** Who sends a request. */
public sealed interface Caller {
  /** Nobody that is known: no credential was sent. */
  enum Anonymous implements Caller {
    ANONYMOUS
  }

  /**
   * The bearer of a valid token.
   *
   * @param issuer the name of the issuer in the configuration
   * @param subject the token's {@code sub}
   * @param permissions what the token itself carries, taken literally
   * @param groups the caller's groups
   * @param claims every claim of the token
   * @param authentication how and when the subject authenticated
   */
  record Authenticated(
      String issuer,
      String subject,
      Set<String> permissions,
      Set<String> groups,
      Claims claims,
      AuthenticationEvent authentication)
      implements Caller {
    public Authenticated {
      permissions = Set.copyOf(permissions);
      groups = Set.copyOf(groups);
    }

    /** {@return the same, had the subject authenticated in another way} */
    public Authenticated authenticated(AuthenticationEvent otherwise) {
      return otherwise.equals(authentication)
          ? this
          : new Authenticated(issuer, subject, permissions, groups, claims, otherwise);
    }
  }
}

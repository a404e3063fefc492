package dev.discreet.policy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How and when a token's subject proved who they are (RFC 9470 §1).
 *
 * @param acr the authentication context class, or null where the token does not say
 * @param time when it was, or null where the token does not say
 * @param clockSkew how far the issuer's clock may be ahead of ours
 */
public record AuthenticationEvent(
    @Nullable String acr, @Nullable Instant time, Duration clockSkew) {
  /** Nothing is said of it. */
  public static final AuthenticationEvent UNKNOWN =
      new AuthenticationEvent(null, null, Duration.ZERO);
}

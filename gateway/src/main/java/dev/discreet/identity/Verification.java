package dev.discreet.identity;

import dev.discreet.policy.Caller;
import java.time.Instant;

/** What became of a credential. */
public sealed interface Verification {
  /** It is valid. */
  record Verified(Caller.Authenticated caller, Instant expires) implements Verification {}

  /**
   * It is not.
   *
   * @param reason the first that applies
   * @param issuer the issuer's name in the configuration, or {@code unknown}
   */
  record Refused(Reason reason, String issuer) implements Verification {}

  /**
   * It can't be told now.
   *
   * @param issuer the issuer's name in the configuration
   * @param why for the operator
   */
  record Undecided(String issuer, String why) implements Verification {}
}

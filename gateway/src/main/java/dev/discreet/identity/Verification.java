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
   * @param detail for the operator: what was not proven, where it was bound to a key; else empty
   */
  record Refused(Reason reason, String issuer, String detail) implements Verification {
    Refused(Reason reason, String issuer) {
      this(reason, issuer, "");
    }
  }

  /**
   * It can't be told now.
   *
   * @param issuer the issuer's name in the configuration
   * @param why for the operator
   */
  record Undecided(String issuer, String why) implements Verification {}
}

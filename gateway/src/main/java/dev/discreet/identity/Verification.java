package dev.discreet.identity;

import dev.discreet.policy.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
   * @param expiredSubject whose it is, proven, where it would be valid had it not expired; else
   *     null
   */
  record Refused(Reason reason, String issuer, String detail, @Nullable String expiredSubject)
      implements Verification {
    Refused(Reason reason, String issuer) {
      this(reason, issuer, "");
    }

    public Refused(Reason reason, String issuer, String detail) {
      this(reason, issuer, detail, null);
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

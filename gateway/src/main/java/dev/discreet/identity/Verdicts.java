package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.telemetry.TokenMetrics;
import java.time.Clock;

/**
 * What is said of a token at last, and counted: that it was verified, once or just now, is not
 * enough where it is bound to a key.
 */
record Verdicts(Possession possession, TokenMetrics events, Clock clock) {
  /** What an issuer said of a token, once that is proven: the reason for it comes before others. */
  Verification proven(
      Introspector.Found found, IssuerConfig issuer, Presented presented, String label) {
    return found.bound() == null
        ? counted(found.verification(), label)
        : proven(found.verification(), found.bound(), issuer, presented, label);
  }

  Verification proven(
      Verification found,
      Confirmation bound,
      IssuerConfig issuer,
      Presented presented,
      String label) {
    try {
      possession.check(bound, issuer, presented, clock.instant());
      return counted(found, label);
    } catch (RefusedToken e) {
      return refused(e, issuer.name());
    }
  }

  private Verification counted(Verification found, String label) {
    switch (found) {
      case Verified verified -> events.checked(verified.caller().issuer(), label);
      case Refused refused ->
          events.checked(
              refused.issuer(), label.equals("cached") ? label : refused.reason().label());
      case Undecided unknown -> events.checked(unknown.issuer(), "unavailable");
    }
    return found;
  }

  Refused refused(RefusedToken refusal, String issuer) {
    events.checked(issuer, refusal.reason().label());
    return new Refused(refusal.reason(), issuer, refusal.detail(), refusal.expiredSubject());
  }
}

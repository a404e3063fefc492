package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.Demand;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether who presents a token holds the keys that it is bound to (RFC 9449, RFC 8705). Asked for
 * each request: what is remembered of a token is the token, never that it was proven.
 */
class Possession {
  private final DpopProofs proofs;
  private final int proofLimit;

  /**
   * Checks.
   *
   * @param proofLimit the longest proof in characters
   */
  Possession(DpopProofs proofs, int proofLimit) {
    this.proofs = proofs;
    this.proofLimit = proofLimit;
  }

  /**
   * {@return what takes for proven whatever could be proven here} For whoever asks about a token,
   * and has no request that could prove anything.
   */
  static Possession assumed() {
    return new Assumed();
  }

  private static final class Assumed extends Possession {
    Assumed() {
      super(new DpopProofs(new SeenProofs()), 0);
    }

    @Override
    void check(Confirmation bound, IssuerConfig issuer, Presented presented, Instant now)
        throws RefusedToken {
      requireFitting(bound, issuer, bound.key() != null, bound.certificate());
    }
  }

  /** {@return the same for another limit, with what was seen before} */
  Possession within(int otherLimit) {
    return new Possession(proofs, otherLimit);
  }

  /** {@return whether a token with these claims could be proven by what came with it} */
  static boolean isPossible(Map<String, Object> claims, IssuerConfig issuer, Presented presented) {
    try {
      requireFitting(
          Confirmation.of(claims), issuer, presented.dpop() != null, presented.certificate());
      return true;
    } catch (RefusedToken e) {
      return false;
    }
  }

  /**
   * Checks, and takes the proof for used.
   *
   * @throws RefusedToken as of a wrong signature or key, where it is not proven
   */
  void check(Confirmation bound, IssuerConfig issuer, Presented presented, Instant now)
      throws RefusedToken {
    requireFitting(bound, issuer, presented.dpop() != null, presented.certificate());
    if (bound.key() != null && presented.dpop() != null) {
      proofs.check(presented.dpop(), presented.token(), bound.key(), issuer, proofLimit, now);
    }
  }

  private static void requireFitting(
      Confirmation bound, IssuerConfig issuer, boolean behindDpop, @Nullable String shown)
      throws RefusedToken {
    String unfit = key(bound.key(), issuer.binding().dpop(), behindDpop);
    if (unfit == null) {
      unfit = certificate(bound.certificate(), issuer.binding().certificate(), shown);
    }
    if (unfit != null) {
      throw RefusedToken.unproven(unfit);
    }
  }

  private static @Nullable String key(@Nullable String bound, Demand demand, boolean behindDpop) {
    if (bound == null && behindDpop) {
      return "it came behind DPoP, and is bound to no key";
    }
    if (bound == null) {
      return demand == Demand.REQUIRED ? "it is bound to no key, and dpop is required" : null;
    }
    if (demand == Demand.DISABLED) {
      return "it is bound to a key, and dpop is disabled";
    }
    return behindDpop ? null : "it is bound to a key, and did not come behind DPoP";
  }

  private static @Nullable String certificate(
      @Nullable String bound, Demand demand, @Nullable String shown) {
    if (bound == null) {
      return demand == Demand.REQUIRED
          ? "it is bound to no certificate, and certificateBound is required"
          : null;
    }
    if (shown == null) {
      return "it is bound to a certificate, and the client has shown none";
    }
    return bound.equals(shown) ? null : "it is bound to another certificate";
  }
}

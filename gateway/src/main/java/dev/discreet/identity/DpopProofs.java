package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Presented.Demonstration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Checks DPoP proofs (RFC 9449 §4.3), and remembers them, so that none counts twice. */
final class DpopProofs {
  /** How old a proof may be, beside the clock's skew. */
  static final Duration MOST_AGE = Duration.ofSeconds(60);

  private static final String TYPE = "dpop+jwt";
  private static final int LONGEST_ID = 256;

  private final SeenProofs seen;

  DpopProofs(SeenProofs seen) {
    this.seen = seen;
  }

  /**
   * Checks what proves a token.
   *
   * @param bound the thumbprint of the key that the token is bound to
   * @param limit the longest proof in characters
   * @throws RefusedToken as of a wrong signature or key, where it is not proven
   */
  void check(
      Demonstration shown, String token, String bound, IssuerConfig issuer, int limit, Instant now)
      throws RefusedToken {
    if (shown.proofs().size() != 1) {
      throw RefusedToken.unproven(
          shown.proofs().isEmpty() ? "there is no proof" : "there is more than one proof");
    }
    CompactJws proof = read(shown.proofs().getFirst(), limit);
    ProofKey key = ProofKey.of(proof.header().get("jwk"));
    require(key.thumbprint().equals(bound), "the proof is by another key");
    Map<String, Object> claims = proof.payload();
    require(shown.method().equals(claims.get("htm")), "the proof's htm is not the method");
    require(
        claims.get("htu") instanceof String url
            && ProofUrl.normal(url).equals(ProofUrl.normal(shown.url())),
        "the proof's htu is not the URL that was asked for");
    require(
        Sha256.base64Url(token).equals(claims.get("ath")), "the proof's ath is not of this token");
    Instant staleAt = staleAt(claims, issuer, now);
    String id = claims.get("jti") instanceof String text ? text : "";
    require(!id.isEmpty() && id.length() <= LONGEST_ID, "the proof has no jti that can be kept");
    requireSigned(proof, key.key(), issuer);
    // Last: only who holds the key and the token gets anything remembered.
    require(seen.isNew(bound, id, staleAt, now), "the proof was used before");
  }

  private static CompactJws read(String text, int limit) throws RefusedToken {
    try {
      CompactJws proof = CompactJws.read(text, limit);
      require(TYPE.equals(proof.text("typ")), "the proof's typ is not " + TYPE);
      return proof;
    } catch (RefusedToken e) {
      throw e.detail().isEmpty() ? RefusedToken.unproven("the proof is malformed") : e;
    }
  }

  private static void requireSigned(CompactJws proof, VerificationKey key, IssuerConfig issuer)
      throws RefusedToken {
    Algorithm algorithm = Issuer.accepted(String.valueOf(proof.header().get("alg")), issuer);
    if (algorithm == null || !key.serves(algorithm)) {
      throw RefusedToken.unproven("the proof's alg is none that its issuer and key allow");
    }
    require(
        algorithm.verify(CryptoProvider.FASTEST, key.key(), proof.signed(), proof.signature()),
        "the proof's signature does not hold");
  }

  /** {@return when the proof is too old} */
  private static Instant staleAt(Map<String, Object> claims, IssuerConfig issuer, Instant now)
      throws RefusedToken {
    BigDecimal issued = ClaimsCheck.number(claims, "iat");
    BigDecimal clock = BigDecimal.valueOf(now.toEpochMilli(), 3);
    BigDecimal skew = ClaimsCheck.seconds(issuer.clockSkew());
    BigDecimal age = ClaimsCheck.seconds(MOST_AGE).add(skew);
    if (issued == null
        || issued.compareTo(clock.add(skew)) > 0
        || issued.add(age).compareTo(clock) <= 0) {
      throw RefusedToken.unproven("the proof's iat is not of this moment");
    }
    return Instant.ofEpochMilli(
        issued.add(age).movePointRight(3).setScale(0, RoundingMode.CEILING).longValue());
  }

  private static void require(boolean holds, String otherwise) throws RefusedToken {
    if (!holds) {
      throw RefusedToken.unproven(otherwise);
    }
  }
}

package dev.discreet.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token, read strictly. Nothing in it was verified. Of its header no more is kept than is used: a
 * token never brings a key.
 *
 * @param algorithm the header's {@code alg}
 * @param keyId the header's {@code kid}, or null
 * @param type the header's {@code typ}, or null
 * @param claims its claims
 * @param signed what the signature covers
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one verification, never compared
record SignedToken(
    String algorithm,
    @Nullable String keyId,
    @Nullable String type,
    Map<String, Object> claims,
    byte[] signed,
    byte[] signature) {

  /**
   * Reads a token.
   *
   * @param limit its longest length in characters
   * @throws RefusedToken as malformed
   */
  static SignedToken read(String token, int limit) throws RefusedToken {
    CompactJws jws = CompactJws.read(token, limit);
    String algorithm = jws.text("alg");
    if (algorithm == null) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    return new SignedToken(
        algorithm, jws.text("kid"), jws.text("typ"), jws.payload(), jws.signed(), jws.signature());
  }

  /** {@return {@code sub}, which the check of the claims has found to be text} */
  String subject() {
    return String.valueOf(claims.get("sub"));
  }
}

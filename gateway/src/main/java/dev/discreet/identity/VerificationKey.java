package dev.discreet.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of an issuer's set, made ready once.
 *
 * @param id its {@code kid}, or null
 * @param algorithm the only one that it is for, or null
 * @param key the key, in the provider's own form
 */
record VerificationKey(@Nullable String id, @Nullable Algorithm algorithm, PublicKey key) {
  private static final int FEWEST_RSA_BITS = 2048;
  private static final BigInteger ED25519_PRIME =
      BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger OF_ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /** Y of the points of order 1 to 8: under such a key anyone can sign for a guess or eight. */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ONE,
          ED25519_PRIME.subtract(BigInteger.ONE),
          BigInteger.ZERO,
          OF_ORDER_8,
          ED25519_PRIME.subtract(OF_ORDER_8));

  /** {@return the key, or null where it can't or may not verify a token's signature} */
  static @Nullable VerificationKey of(JWK jwk) {
    boolean forSignatures =
        (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
            && (jwk.getKeyOperations() == null
                || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    Algorithm algorithm =
        jwk.getAlgorithm() == null ? null : Algorithm.named(jwk.getAlgorithm().getName());
    if (!forSignatures || (jwk.getAlgorithm() != null && algorithm == null)) {
      return null;
    }
    try {
      PublicKey key = publicKey(jwk);
      return key == null || isWeak(key)
          ? null
          : new VerificationKey(jwk.getKeyID(), algorithm, CryptoProvider.FASTEST.own(key));
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      // One key that nobody can use must not spoil the set.
      return null;
    }
  }

  private static boolean isWeak(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() < FEWEST_RSA_BITS;
      case EdECPublicKey ed -> SMALL_ORDER.contains(ed.getPoint().getY().mod(ED25519_PRIME));
      default -> false;
    };
  }

  private static @Nullable PublicKey publicKey(JWK jwk)
      throws JOSEException, GeneralSecurityException {
    if (jwk instanceof OctetKeyPair pair) {
      return pair.getCurve().equals(Curve.Ed25519) ? ed25519(pair.getDecodedX()) : null;
    }
    return jwk instanceof AsymmetricJWK asymmetric ? asymmetric.toPublicKey() : null;
  }

  /** RFC 8032 §5.1.2: little-endian y, the highest bit is the sign of x. */
  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
    byte[] y = new byte[32];
    if (x.length != y.length) {
      throw new GeneralSecurityException("an Ed25519 key has 32 octets");
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = x[y.length - 1 - i];
    }
    boolean odd = (y[0] & 0x80) != 0;
    y[0] &= 0x7f;
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
  }

  boolean serves(Algorithm wanted) {
    return (algorithm == null || algorithm == wanted) && wanted.fits(key);
  }
}

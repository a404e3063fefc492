package dev.discreet.identity;

import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** The signature algorithms that are ever accepted (RFC 7518 §3.1, RFC 8037, RFC 9864). */
enum Algorithm {
  RS256("SHA256withRSA"),
  RS384("SHA384withRSA"),
  RS512("SHA512withRSA"),
  PS256("SHA-256", 32),
  PS384("SHA-384", 48),
  PS512("SHA-512", 64),
  ES256("SHA256withECDSAinP1363Format", Curve.P_256),
  ES384("SHA384withECDSAinP1363Format", Curve.P_384),
  ES512("SHA512withECDSAinP1363Format", Curve.P_521),
  EDDSA("Ed25519");

  private static final int ED25519_OCTETS = 64;

  private final String jca;
  private final @Nullable String pssDigest;
  private final int pssSalt;
  private final @Nullable BigInteger order;

  Algorithm(String jca) {
    this(jca, null, 0, null);
  }

  Algorithm(String pssDigest, int pssSalt) {
    this("RSASSA-PSS", pssDigest, pssSalt, null);
  }

  Algorithm(String jca, Curve curve) {
    this(jca, null, 0, curve.toECParameterSpec().getOrder());
  }

  Algorithm(String jca, @Nullable String pssDigest, int pssSalt, @Nullable BigInteger order) {
    this.jca = jca;
    this.pssDigest = pssDigest;
    this.pssSalt = pssSalt;
    this.order = order;
  }

  /** {@return the algorithm that a header or key names, or null where it is none of these} */
  static @Nullable Algorithm named(String name) {
    if (name.equals("EdDSA") || name.equals("Ed25519")) {
      return EDDSA;
    }
    for (Algorithm algorithm : values()) {
      if (algorithm != EDDSA && algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    return null;
  }

  /** {@return whether {@code key} is of the kind and the curve that this algorithm needs} */
  boolean fits(PublicKey key) {
    return switch (this) {
      case RS256, RS384, RS512, PS256, PS384, PS512 -> key instanceof RSAPublicKey;
      // No two of the curves in use have one order; some have fields of one size.
      case ES256, ES384, ES512 ->
          key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(order);
      case EDDSA ->
          key instanceof EdECPublicKey ed
              && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    };
  }

  /**
   * {@return whether {@code signature} is {@code key}'s over {@code signed}}
   *
   * @param key one that {@linkplain #fits fits}
   */
  boolean verify(CryptoProvider provider, PublicKey key, byte[] signed, byte[] signature) {
    return isWellFormed(key, signature) && provider.verify(this, key, signed, signature);
  }

  /** {@return a fresh verifier by this algorithm} */
  Signature verifier(CryptoProvider provider) throws GeneralSecurityException {
    Signature verifier = provider.verifier(jca);
    if (pssDigest != null) {
      MGF1ParameterSpec mask = new MGF1ParameterSpec(pssDigest);
      verifier.setParameter(new PSSParameterSpec(pssDigest, "MGF1", mask, pssSalt, 1));
    }
    return verifier;
  }

  /**
   * What holds whatever the provider checks: as long as the modulus (RFC 8017 §8.1.2, §8.2.2); r
   * and s of fixed width, from 1 to n - 1 (CVE-2022-21449); two times 32 octets (RFC 8032 §5.1.7).
   */
  private boolean isWellFormed(PublicKey key, byte[] signature) {
    if (key instanceof RSAPublicKey rsa) {
      return signature.length == octets(rsa.getModulus());
    }
    if (order == null) {
      return signature.length == ED25519_OCTETS;
    }
    int width = octets(order);
    return signature.length == 2 * width
        && isScalar(new BigInteger(1, signature, 0, width), order)
        && isScalar(new BigInteger(1, signature, width, width), order);
  }

  private static boolean isScalar(BigInteger number, BigInteger order) {
    return number.signum() > 0 && number.compareTo(order) < 0;
  }

  private static int octets(BigInteger number) {
    return (number.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
  }
}

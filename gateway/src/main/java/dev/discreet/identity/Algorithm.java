package dev.discreet.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** The signature algorithms that are ever accepted (RFC 7518 §3.1, RFC 8037, RFC 9864). */
enum Algorithm {
  RS256("SHA256withRSA", null, 0),
  RS384("SHA384withRSA", null, 0),
  RS512("SHA512withRSA", null, 0),
  PS256("RSASSA-PSS", "SHA-256", 32),
  PS384("RSASSA-PSS", "SHA-384", 48),
  PS512("RSASSA-PSS", "SHA-512", 64),
  ES256("SHA256withECDSAinP1363Format", null, 256),
  ES384("SHA384withECDSAinP1363Format", null, 384),
  ES512("SHA512withECDSAinP1363Format", null, 521),
  EDDSA("Ed25519", null, 0);

  private final String jca;
  private final @Nullable String digest;
  private final int size;

  Algorithm(String jca, @Nullable String digest, int size) {
    this.jca = jca;
    this.digest = digest;
    this.size = size;
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
      case ES256, ES384, ES512 ->
          key instanceof ECPublicKey ec
              && ec.getParams().getCurve().getField().getFieldSize() == size;
      case EDDSA -> key instanceof EdECPublicKey;
    };
  }

  /** {@return whether {@code signature} is {@code key}'s over {@code signed}} */
  boolean verify(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(jca);
      if (digest != null) {
        verifier.setParameter(
            new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), size, 1));
      }
      verifier.initVerify(key);
      verifier.update(signed);
      return isWellFormed(key, signature) && verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** R and s of fixed width, from 1 to n - 1, whatever the provider checks (CVE-2022-21449). */
  private boolean isWellFormed(PublicKey key, byte[] signature) {
    return switch (this) {
      case ES256, ES384, ES512 -> {
        int width = (size + 7) / 8;
        yield signature.length == 2 * width
            && key instanceof ECPublicKey ec
            && isScalar(new BigInteger(1, signature, 0, width), ec)
            && isScalar(new BigInteger(1, signature, width, width), ec);
      }
      case RS256, RS384, RS512, PS256, PS384, PS512, EDDSA -> true;
    };
  }

  private static boolean isScalar(BigInteger number, ECPublicKey key) {
    return number.signum() > 0 && number.compareTo(key.getParams().getOrder()) < 0;
  }
}

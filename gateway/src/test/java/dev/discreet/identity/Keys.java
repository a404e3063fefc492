package dev.discreet.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.discreet.config.IssuerConfig.KeySource;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;

/** Keys that take long to make, made once, and their JWKs. */
public final class Keys {
  public static final KeyPair RSA = rsa(2048);
  public static final KeyPair OTHER_RSA = rsa(2048);
  public static final KeyPair WEAK_RSA = rsa(1024);
  public static final KeyPair P256 = ec("secp256r1");
  public static final KeyPair P384 = ec("secp384r1");
  public static final KeyPair P521 = ec("secp521r1");
  public static final KeyPair ED25519 = pair("Ed25519");

  private Keys() {}

  private static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String rsaJwk(String kid, KeyPair pair) {
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(kid).build().toJSONString();
  }

  public static String ecJwk(String kid, Curve curve, KeyPair pair) {
    return new ECKey.Builder(curve, (ECPublicKey) pair.getPublic())
        .keyID(kid)
        .build()
        .toJSONString();
  }

  public static String edJwk(String kid, KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    String x = Forge.base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"" + kid + "\",\"x\":\"" + x + "\"}";
  }

  /** {@return {@code jwk} with a further member} */
  public static String with(String jwk, String member) {
    return "{" + member + "," + jwk.substring(1);
  }

  /** {@return these keys, as a file of the configuration holds them} */
  static KeySource file(String... jwks) {
    return new KeySource.Local(Path.of("keys.json"), set(jwks));
  }

  public static String set(String... jwks) {
    return "{\"keys\":[" + String.join(",", List.of(jwks)) + "]}";
  }
}

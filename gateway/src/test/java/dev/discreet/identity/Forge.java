package dev.discreet.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of any header and claims, to the octet. Has no code in common with the verifier. */
public final class Forge {
  private Forge() {}

  public static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  public static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return a token of this header and these claims, signed} */
  public static String token(String algorithm, PrivateKey key, String header, String claims) {
    return sign(algorithm, key, base64(header) + "." + base64(claims));
  }

  /** {@return {@code signed} and its signature} */
  public static String sign(String algorithm, PrivateKey key, String signed) {
    return signed + "." + base64(signature(algorithm, key, signed));
  }

  public static byte[] signature(String algorithm, PrivateKey key, String signed) {
    try {
      Signature signer = Signature.getInstance(jca(algorithm));
      signer.initSign(key);
      if (algorithm.startsWith("PS")) {
        int bits = Integer.parseInt(algorithm.substring(2));
        String digest = "SHA-" + bits;
        signer.setParameter(
            new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), bits / 8, 1));
      }
      signer.update(signed.getBytes(StandardCharsets.ISO_8859_1));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String hmac(byte[] secret, String header, String claims) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String signed = base64(header) + "." + base64(claims);
      return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String jca(String algorithm) {
    String bits = algorithm.substring(2);
    return switch (algorithm.substring(0, 2)) {
      case "RS" -> "SHA" + bits + "withRSA";
      case "PS" -> "RSASSA-PSS";
      case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
      case "Ed" -> "Ed25519";
      default -> throw new IllegalArgumentException(algorithm);
    };
  }
}

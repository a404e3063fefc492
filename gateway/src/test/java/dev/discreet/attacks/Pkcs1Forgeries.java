package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.wrongKey;

import dev.discreet.identity.Forge;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Bleichenbacher's forgery (CRYPTO 2006 rump session): where the exponent is 3 and a verifier reads
 * the padding from the front, a cube root is a signature, and needs no private key.
 */
final class Pkcs1Forgeries {
  private static final byte[] SHA256_PREFIX =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");
  private static final int WIDTH = 256;

  private Pkcs1Forgeries() {}

  static List<Attack> all() {
    String signed = Forgery.unsigned(Forgery.header("RS256", "e3"));
    byte[] digest = sha256(signed);
    byte[] info = Arrays.copyOf(SHA256_PREFIX, SHA256_PREFIX.length + digest.length);
    System.arraycopy(digest, 0, info, SHA256_PREFIX.length, digest.length);
    return List.of(
        wrongKey("e = 3: garbage behind the digest", forged(signed, 8, info)),
        wrongKey("e = 3: no padding at all", forged(signed, 0, info)),
        wrongKey("e = 3: one octet of padding", forged(signed, 1, info)),
        wrongKey("e = 3: the digest alone", forged(signed, 8, digest)));
  }

  /** 00 01 FF… 00 and {@code info}; what follows is whatever makes it nearly a cube. */
  private static String forged(String signed, int padding, byte[] info) {
    byte[] block = new byte[WIDTH];
    block[1] = 1;
    Arrays.fill(block, 2, 2 + padding, (byte) 0xff);
    System.arraycopy(info, 0, block, 3 + padding, info.length);
    BigInteger root = cubeRoot(new BigInteger(1, block)).add(BigInteger.ONE);
    int front = 3 + padding + info.length;
    byte[] cube = SignatureAttacks.fixed(root.pow(3), WIDTH);
    if (!Arrays.equals(cube, 0, front, block, 0, front)) {
      throw new IllegalStateException("the cube does not begin as the block does");
    }
    return signed + "." + Forge.base64(SignatureAttacks.fixed(root, WIDTH));
  }

  /** {@return the greatest number whose cube is no greater} */
  private static BigInteger cubeRoot(BigInteger number) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.TWO.pow(number.bitLength() / 3 + 1);
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (middle.pow(3).compareTo(number) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

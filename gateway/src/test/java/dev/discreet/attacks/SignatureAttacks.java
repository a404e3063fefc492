package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.wrongKey;

import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Signatures that a careless verifier accepts (RFC 8725 §2.3, §3.3; RFC 8017, RFC 8032). */
final class SignatureAttacks {
  private static final BigInteger ED25519_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private SignatureAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.addAll(rsa());
    all.addAll(Pkcs1Forgeries.all());
    all.addAll(curves("ES256", Keys.P256, "p256", 32));
    all.addAll(curves("ES384", Keys.P384, "p384", 48));
    all.addAll(ed25519());
    all.addAll(moved());
    return all;
  }

  private static List<Attack> rsa() {
    List<Attack> all = new ArrayList<>();
    BigInteger n = ((RSAPublicKey) Keys.RSA.getPublic()).getModulus();
    for (String alg : List.of("RS256", "PS256")) {
      String good = Forgery.by(alg, Keys.RSA, "k1");
      byte[] octets = signature(good);
      byte[] longer = new byte[octets.length + 1];
      System.arraycopy(octets, 0, longer, 1, octets.length);
      all.add(wrongKey(alg + ": a zero before it", replaced(good, longer)));
      all.add(wrongKey(alg + ": a zero behind it", replaced(good, Arrays.copyOf(octets, 257))));
      all.add(wrongKey(alg + ": cut", replaced(good, Arrays.copyOf(octets, 255))));
      all.add(wrongKey(alg + ": one octet", replaced(good, new byte[1])));
      all.add(wrongKey(alg + ": zeros", replaced(good, new byte[256])));
      all.add(wrongKey(alg + ": 1", replaced(good, fixed(BigInteger.ONE, 256))));
      all.add(wrongKey(alg + ": n", replaced(good, fixed(n, 256))));
      all.add(wrongKey(alg + ": n - 1", replaced(good, fixed(n.subtract(BigInteger.ONE), 256))));
      all.add(
          wrongKey(
              alg + ": plus n", replaced(good, new BigInteger(1, octets).add(n).toByteArray())));
      all.add(
          wrongKey(
              alg + ": negated",
              replaced(good, fixed(n.subtract(new BigInteger(1, octets)), 256))));
      all.add(wrongKey(alg + ": one bit", flipped(good)));
    }
    all.add(wrongKey("RS256: a first octet of zero left out", withoutFirstZero()));
    return all;
  }

  /** One signature in 256 begins with a zero, which is part of it. */
  private static String withoutFirstZero() {
    for (int i = 0; true; i++) {
      String token = Forgery.claimed(Forgery.claims("x", String.valueOf(i)));
      byte[] octets = signature(token);
      if (octets[0] == 0) {
        return replaced(token, Arrays.copyOfRange(octets, 1, octets.length));
      }
    }
  }

  private static List<Attack> curves(String alg, KeyPair pair, String kid, int width) {
    String good = Forgery.by(alg, pair, kid);
    byte[] octets = signature(good);
    BigInteger r = new BigInteger(1, octets, 0, width);
    BigInteger s = new BigInteger(1, octets, width, width);
    BigInteger n = ((ECPublicKey) pair.getPublic()).getParams().getOrder();
    BigInteger most = BigInteger.TWO.pow(8 * width).subtract(BigInteger.ONE);
    List<Attack> all = new ArrayList<>();
    BigInteger[][] pairs = {
      {BigInteger.ZERO, BigInteger.ZERO},
      {BigInteger.ZERO, s},
      {r, BigInteger.ZERO},
      {BigInteger.ONE, BigInteger.ONE},
      {n, n},
      {n, s},
      {r, n},
      {n.add(BigInteger.ONE), s},
      {r, most},
      {s, r}
    };
    String[] names = {
      "r = s = 0",
      "r = 0",
      "s = 0",
      "r = s = 1",
      "r = s = n",
      "r = n",
      "s = n",
      "r = n + 1",
      "s = 2^k - 1",
      "r and s changed over"
    };
    for (int i = 0; i < pairs.length; i++) {
      byte[] both = Arrays.copyOf(fixed(pairs[i][0], width), 2 * width);
      System.arraycopy(fixed(pairs[i][1], width), 0, both, width, width);
      all.add(wrongKey("§2.3 " + alg + ": " + names[i], replaced(good, both)));
    }
    all.add(wrongKey(alg + ": DER", replaced(good, der(r, s))));
    all.add(wrongKey(alg + ": cut", replaced(good, Arrays.copyOf(octets, 2 * width - 1))));
    all.add(wrongKey(alg + ": longer", replaced(good, Arrays.copyOf(octets, 2 * width + 2))));
    all.add(wrongKey(alg + ": one octet", replaced(good, new byte[1])));
    all.add(wrongKey(alg + ": one bit", flipped(good)));
    return all;
  }

  private static List<Attack> ed25519() {
    String good = Forgery.by("EdDSA", Keys.ED25519, "ed");
    byte[] octets = signature(good);
    List<Attack> all = new ArrayList<>();
    all.add(wrongKey("EdDSA: s + L", replaced(good, withScalarPlus(octets, ED25519_ORDER))));
    all.add(
        wrongKey(
            "EdDSA: s + 8 L",
            replaced(good, withScalarPlus(octets, ED25519_ORDER.multiply(BigInteger.valueOf(8))))));
    all.add(wrongKey("EdDSA: cut", replaced(good, Arrays.copyOf(octets, 63))));
    all.add(wrongKey("EdDSA: longer", replaced(good, Arrays.copyOf(octets, 65))));
    all.add(wrongKey("EdDSA: one bit", flipped(good)));
    all.add(wrongKey("EdDSA: sign of R", replaced(good, flipped(octets, 31, 0x80))));
    for (String point :
        List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")) {
      byte[] small = Arrays.copyOf(HexFormat.of().parseHex(point), 64);
      all.add(
          wrongKey(
              "EdDSA: R of small order " + point.substring(0, 8) + ", s = 0",
              replaced(good, small)));
      System.arraycopy(octets, 32, small, 32, 32);
      all.add(wrongKey("EdDSA: R of small order " + point.substring(0, 8), replaced(good, small)));
    }
    return all;
  }

  private static List<Attack> moved() {
    String good = Forgery.good();
    String admin = Forge.base64(Forgery.claims("sub", "\"admin\""));
    String[] parts = good.split("\\.", -1);
    String later = Forgery.claimed(Forgery.claims("exp", String.valueOf(Forgery.NOW + 900)));
    return List.of(
        wrongKey("claims changed after signing", parts[0] + "." + admin + "." + parts[2]),
        wrongKey("signature of another token", replaced(good, signature(later))),
        wrongKey(
            "header changed after signing",
            Forge.base64("{\"alg\":\"RS256\"}") + "." + parts[1] + "." + parts[2]),
        wrongKey(
            "header and claims changed over, as base64",
            parts[0] + "." + parts[1] + "." + parts[0]),
        wrongKey("digest in place of a signature", replaced(good, new byte[32])),
        wrongKey(
            "forged, expired and of another audience",
            replaced(
                Forgery.claimed("{\"iss\":\"" + Forgery.ISS + "\",\"exp\":1}"), new byte[256])));
  }

  static byte[] signature(String token) {
    return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
  }

  static String replaced(String token, byte[] signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + Forge.base64(signature);
  }

  private static String flipped(String token) {
    byte[] octets = signature(token);
    return replaced(token, flipped(octets, octets.length / 2, 1));
  }

  private static byte[] flipped(byte[] octets, int at, int bits) {
    byte[] changed = octets.clone();
    changed[at] = (byte) (changed[at] ^ bits);
    return changed;
  }

  /** {@return the number in so many octets, its lowest ones if it has more} */
  static byte[] fixed(BigInteger number, int width) {
    byte[] octets = number.toByteArray();
    byte[] fixed = new byte[width];
    int length = Math.min(width, octets.length);
    System.arraycopy(octets, octets.length - length, fixed, width - length, length);
    return fixed;
  }

  private static byte[] withScalarPlus(byte[] signature, BigInteger addend) {
    byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] sum = reversed(fixed(new BigInteger(1, scalar).add(addend), 32));
    byte[] changed = signature.clone();
    System.arraycopy(sum, 0, changed, 32, 32);
    return changed;
  }

  private static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }

  /** SEQUENCE {INTEGER r, INTEGER s}, as X.509 and TLS have it. */
  private static byte[] der(BigInteger r, BigInteger s) {
    byte[] one = r.toByteArray();
    byte[] two = s.toByteArray();
    byte[] all = new byte[6 + one.length + two.length];
    all[0] = 0x30;
    all[1] = (byte) (all.length - 2);
    all[2] = 2;
    all[3] = (byte) one.length;
    System.arraycopy(one, 0, all, 4, one.length);
    all[4 + one.length] = 2;
    all[5 + one.length] = (byte) two.length;
    System.arraycopy(two, 0, all, 6 + one.length, two.length);
    return all;
  }
}

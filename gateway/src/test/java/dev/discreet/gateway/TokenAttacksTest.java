package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Tokens that must not be believed (SPEC §4, Tokens; RFC 8725): each is 401 with the reason that
 * SPEC §3 names, on a public route too, and nothing reaches the upstream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttacksTest {
  private static final String PUBLIC = "/accounts/a1/login-options";
  private static final long NOW = System.currentTimeMillis() / 1000;

  private final DocumentsWorld world;
  private final PrivateKey key;

  TokenAttacksTest() throws IOException, JOSEException {
    world = new DocumentsWorld();
    key = world.issuer().key().toPrivateKey();
  }

  @AfterAll
  void stop() throws IOException {
    world.close();
  }

  /** A named attack and the reason that it is refused for. */
  private record Attack(String name, String reason, String token) {}

  private static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] rs256(PrivateKey key, String input) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key);
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signed(String header, String claims) {
    String input = encode(header) + '.' + encode(claims);
    return input + '.' + encode(rs256(key, input));
  }

  private String header(String more) {
    return "{\"alg\":\"RS256\",\"kid\":\"k1\"" + more + "}";
  }

  /** Valid claims, with {@code changed} in place of the members that it names. */
  private String claims(String changed) {
    StringBuilder all = new StringBuilder("{");
    String[][] members = {
      {"iss", '"' + world.issuer().issuer() + '"'},
      {"aud", "\"tests\""},
      {"sub", "\"alice\""},
      {"iat", String.valueOf(NOW - 5)},
      {"exp", String.valueOf(NOW + 600)},
    };
    for (String[] member : members) {
      if (!changed.contains('"' + member[0] + "\":")) {
        all.append('"').append(member[0]).append("\":").append(member[1]).append(',');
      }
    }
    return all.append(changed.isEmpty() ? "\"x\":1" : changed).append('}').toString();
  }

  private Attack headed(String name, String reason, String header) {
    return new Attack(name, reason, signed(header, claims("")));
  }

  private Attack claimed(String name, String reason, String changed) {
    return new Attack(name, reason, signed(header(""), claims(changed)));
  }

  private List<Attack> all() throws GeneralSecurityException {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(shapes());
    attacks.addAll(headers());
    attacks.addAll(signatures());
    attacks.addAll(json());
    attacks.addAll(claims());
    return attacks;
  }

  private List<Attack> shapes() {
    String good = signed(header(""), claims(""));
    String[] parts = good.split("\\.", -1);
    String malformed = "malformed";
    return List.of(
        new Attack("no dots", malformed, "garbage"),
        new Attack("two parts", malformed, parts[0] + '.' + parts[1]),
        new Attack("four parts", malformed, good + ".x"),
        new Attack("empty signature", malformed, parts[0] + '.' + parts[1] + '.'),
        new Attack("empty header", malformed, '.' + parts[1] + '.' + parts[2]),
        new Attack("empty claims", malformed, parts[0] + ".." + parts[2]),
        new Attack("padding", malformed, parts[0] + "=." + parts[1] + '.' + parts[2]),
        new Attack("padded signature", malformed, good + "=="),
        new Attack("a space inside", malformed, parts[0] + " ." + parts[1] + '.' + parts[2]),
        new Attack("plain base64", malformed, parts[0] + '.' + parts[1] + '.' + "ab+/" + parts[2]),
        new Attack("one character too many", malformed, parts[0] + "A" + ".A." + parts[2]),
        new Attack("bits left over", malformed, parts[0] + '.' + parts[1] + '.' + "AB"),
        new Attack("over 8 KiB", malformed, signed(header(""), claims(filled(9000)))));
  }

  private static String filled(int octets) {
    return "\"fill\":\"" + "a".repeat(octets) + '"';
  }

  private List<Attack> headers() {
    String wrongKey = "wrong signature or key";
    return List.of(
        headed("alg none", wrongKey, "{\"alg\":\"none\"}"),
        headed("alg NONE", wrongKey, "{\"alg\":\"NONE\"}"),
        headed("alg nOnE", wrongKey, "{\"alg\":\"nOnE\"}"),
        headed("alg rs256 in lower case", wrongKey, "{\"alg\":\"rs256\",\"kid\":\"k1\"}"),
        headed("alg of encryption", wrongKey, "{\"alg\":\"PBES2-HS256+A128KW\"}"),
        headed("alg ES256 on an RSA key", wrongKey, "{\"alg\":\"ES256\",\"kid\":\"k1\"}"),
        headed("alg PS256 over PKCS#1", wrongKey, "{\"alg\":\"PS256\",\"kid\":\"k1\"}"),
        headed("alg not accepted", wrongKey, "{\"alg\":\"RS512\",\"kid\":\"k1\"}"),
        headed("alg missing", "malformed", "{\"kid\":\"k1\"}"),
        headed("alg a number", "malformed", "{\"alg\":1}"),
        headed("alg a list", "malformed", "{\"alg\":[\"RS256\"]}"),
        headed("kid a number", "malformed", "{\"alg\":\"RS256\",\"kid\":1}"),
        headed("crit", "malformed", header(",\"crit\":[\"exp\"]")),
        headed("crit empty", "malformed", header(",\"crit\":[]")),
        headed("b64 false", "malformed", header(",\"b64\":false")),
        headed("b64 true", "malformed", header(",\"b64\":true")),
        headed("typ of an id token for us", "wrong type", header(",\"typ\":\"dpop+jwt\"")),
        headed("typ secevent", "wrong type", header(",\"typ\":\"secevent+jwt\"")),
        headed("typ empty", "wrong type", header(",\"typ\":\"\"")),
        headed("typ a number", "malformed", header(",\"typ\":1")));
  }

  private List<Attack> signatures() throws GeneralSecurityException {
    String wrongKey = "wrong signature or key";
    var stranger = KeyPairGenerator.getInstance("RSA");
    stranger.initialize(2048);
    PrivateKey foreign = stranger.generateKeyPair().getPrivate();
    String input = encode(header("")) + '.' + encode(claims(""));
    String confused = encode("{\"alg\":\"HS256\",\"kid\":\"k1\"}") + '.' + encode(claims(""));
    String psychic = encode("{\"alg\":\"ES256\",\"kid\":\"k1\"}") + '.' + encode(claims(""));
    String embedded =
        encode(header(",\"jwk\":" + world.issuer().key().toPublicJWK())) + '.' + encode(claims(""));
    String fetched =
        encode(
                header(
                    ",\"jku\":\"" + world.api().url() + "/jwks\",\"x5u\":\"http://127.0.0.1:1/\""))
            + '.'
            + encode(claims(""));
    String good = signed(header(""), claims(""));
    return List.of(
        new Attack("signed by a stranger", wrongKey, input + '.' + encode(rs256(foreign, input))),
        new Attack(
            "jwk in the header", wrongKey, embedded + '.' + encode(rs256(foreign, embedded))),
        new Attack("jku and x5u", wrongKey, fetched + '.' + encode(rs256(foreign, fetched))),
        new Attack("HMAC keyed by the public key", wrongKey, confused + '.' + hmac(confused)),
        new Attack("psychic signature", wrongKey, psychic + '.' + encode(new byte[64])),
        new Attack("signature of zeros", wrongKey, input + '.' + encode(new byte[256])),
        new Attack("signature cut short", wrongKey, input + '.' + encode(new byte[8])),
        new Attack(
            "claims changed after signing",
            wrongKey,
            encode(header(""))
                + '.'
                + encode(claims("\"sub\":\"root\""))
                + good.substring(good.lastIndexOf('.'))),
        new Attack(
            "kid of nobody", wrongKey, signed("{\"alg\":\"RS256\",\"kid\":\"k9\"}", claims(""))),
        new Attack(
            "kid as a path",
            wrongKey,
            signed("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}", claims(""))));
  }

  private String hmac(String input) throws GeneralSecurityException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = world.issuer().key().toPublicKey().getEncoded();
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (JOSEException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private List<Attack> json() {
    String deep = "\"d\":" + "[".repeat(40) + "]".repeat(40);
    byte[] badUtf8 =
        claims("\"x\":\"?\"").replace('?', (char) 0xff).getBytes(StandardCharsets.ISO_8859_1);
    return List.of(
        headed("name twice in the header", "malformed", header(",\"alg\":\"none\"")),
        headed("name twice below", "malformed", header(",\"x\":{\"a\":1,\"a\":2}")),
        claimed("claim twice", "malformed", "\"sub\":\"alice\",\"sub\":\"root\""),
        claimed("claim twice, escaped", "malformed", "\"sub\":\"alice\",\"s\\u0075b\":\"root\""),
        claimed("too deep", "malformed", deep),
        new Attack("byte-order mark", "malformed", signed("\uFEFF" + header(""), claims(""))),
        new Attack("header a list", "malformed", signed("[]", claims(""))),
        new Attack("claims a text", "malformed", signed(header(""), "\"claims\"")),
        new Attack("something behind", "malformed", signed(header(""), claims("") + "{}")),
        new Attack("a comment", "malformed", signed(header(""), claims("") + "/* */")),
        new Attack("single quotes", "malformed", signed(header(""), claims("").replace('"', '\''))),
        new Attack(
            "invalid UTF-8",
            "malformed",
            encode(header("")) + '.' + encode(badUtf8) + '.' + encode(new byte[256])),
        claimed("NaN", "malformed", "\"exp\":NaN"),
        claimed("leading zero", "malformed", "\"exp\":01"));
  }

  private List<Attack> claims() {
    String iss = world.issuer().issuer();
    String missing = "missing claim";
    String audience = "wrong audience";
    return List.of(
        claimed("issuer unknown", "wrong issuer", "\"iss\":\"https://evil.example\""),
        claimed("issuer with a slash more", "wrong issuer", "\"iss\":\"" + iss + "/\""),
        claimed("issuer a list", "wrong issuer", "\"iss\":[\"" + iss + "\"]"),
        claimed("issuer null", "wrong issuer", "\"iss\":null"),
        claimed("bound by cnf", "wrong signature or key", "\"cnf\":{\"jkt\":\"x\"}"),
        claimed("expired", "expired", "\"exp\":" + (NOW - 3600)),
        claimed("expired, and for somebody else", "expired", "\"aud\":\"x\",\"exp\":1"),
        claimed("nbf in an hour", "not yet valid", "\"nbf\":" + (NOW + 3600)),
        claimed("iat in an hour", "not yet valid", "\"iat\":" + (NOW + 3600)),
        claimed("audience of another", audience, "\"aud\":\"other\""),
        claimed("audience in another case", audience, "\"aud\":\"TESTS\""),
        claimed("audience as a part", audience, "\"aud\":\"tests2\""),
        claimed("audience an empty list", audience, "\"aud\":[]"),
        claimed("audience null", audience, "\"aud\":null"),
        claimed("audience an object", audience, "\"aud\":{\"tests\":1}"),
        claimed("exp a text", missing, "\"exp\":\"" + (NOW + 600) + '"'),
        claimed("exp null", missing, "\"exp\":null"),
        claimed("exp true", missing, "\"exp\":true"),
        claimed("exp infinite", missing, "\"exp\":1e999"),
        claimed("nbf a text", missing, "\"nbf\":\"0\""),
        claimed("iat a list", missing, "\"iat\":[1]"),
        claimed("sub empty", missing, "\"sub\":\"\""),
        claimed("sub a number", missing, "\"sub\":17"),
        claimed("sub null", missing, "\"sub\":null"),
        claimed("sub with a line feed", missing, "\"sub\":\"a\\nb\""),
        claimed("sub with a C1 control", missing, "\"sub\":\"a\\u0085b\""));
  }

  @TestFactory
  List<DynamicTest> everyAttackIsRefusedAndReachesNobody() throws GeneralSecurityException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Attack attack : all()) {
      tests.add(DynamicTest.dynamicTest(attack.name(), () -> check(attack)));
    }
    assertThat(tests).hasSizeGreaterThan(80);
    return tests;
  }

  private void check(Attack attack) throws IOException {
    world.api().forget();
    for (String target : List.of(PUBLIC, DocumentsWorld.OWN)) {
      Answer answer =
          world.gateway().call("GET", target, "Authorization: Bearer " + attack.token());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.value("www-authenticate"))
          .isEqualTo(
              "Bearer realm=\"api\", error=\"invalid_token\", error_description=\""
                  + attack.reason()
                  + '"');
    }
    assertThat(world.api().heads()).isZero();
    assertThat(world.gateway().log()).doesNotContain(attack.token());
  }

  @Test
  void whatIsOddAndYetValidPasses() throws IOException {
    List<String> tokens =
        List.of(
            signed(header(""), claims("")),
            signed("{\"alg\":\"RS256\"}", claims("")),
            signed(header(",\"typ\":\"At+JWT\""), claims("")),
            signed(header(",\"typ\":\"application/at+jwt\""), claims("")),
            signed(header(""), claims("\"exp\":" + (NOW + 600) + ".5")),
            signed(header(""), claims("\"exp\":" + (NOW - 10))),
            signed(header(""), claims("\"aud\":[\"x\",\"tests\"]")),
            signed(header(""), claims("\"n\":{\"a\":1,\"a\":2}")));
    for (String token : tokens) {
      assertThat(world.gateway().call("GET", PUBLIC, DocumentsWorld.bearer(token)).status())
          .isEqualTo(200);
    }
  }
}

package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.Curve;
import dev.discreet.config.IssuerConfig.Demand;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Verified;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs of possession, each wrong in one thing (RFC 9449 §4.3). */
class DpopProofTest {
  private static final String TOKEN = Tokens.claiming(Proof.bound());
  private static final String OTHER_TOKEN =
      Tokens.claiming(Proof.bound() + ",\"jti\":\"another token of the same key\"");

  private static final String MALFORMED = "the proof is malformed";
  private static final String TYPE = "the proof's typ is not dpop+jwt";
  private static final String NO_KEY = "the proof has no jwk";
  private static final String BAD_KEY = "the proof's jwk is no key that may verify it";
  private static final String NO_X = "the proof's jwk has no x in base64url";
  private static final String NO_Y = "the proof's jwk has no y in base64url";
  private static final String PRIVATE = "the proof's jwk holds a private key";
  private static final String OTHER_KEY = "the proof is by another key";
  private static final String ALG = "the proof's alg is none that its issuer and key allow";
  private static final String SIGNATURE = "the proof's signature does not hold";
  private static final String HTM = "the proof's htm is not the method";
  private static final String HTU = "the proof's htu is not the URL that was asked for";
  private static final String ATH = "the proof's ath is not of this token";
  private static final String IAT = "the proof's iat is not of this moment";
  private static final String JTI = "the proof has no jti that can be kept";
  private static final String AGAIN = "the proof was used before";

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeEach
  void start() throws Exception {
    world =
        new VerifierWorld(
            new IssuerSettings()
                .algorithms("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA")
                .binding(Demand.OPTIONAL, Demand.OPTIONAL)
                .with(Keys.file(Keys.rsaJwk("k1", Keys.RSA))));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static Refused unproven(String why) {
    return new Refused(Reason.WRONG_SIGNATURE, "main", why);
  }

  @Test
  void aGoodProofCountsOnceAndAnotherIsNeededThoughTheTokenIsRemembered() throws Exception {
    Presented first = Proof.of(TOKEN).presenting(TOKEN);
    assertThat(world.verify(first)).isInstanceOf(Verified.class);
    assertThat(world.verify(first)).isEqualTo(unproven(AGAIN));
    assertThat(world.verify(Proof.of(TOKEN).presenting(TOKEN))).isInstanceOf(Verified.class);
    assertThat(world.counted("main", "cached")).isEqualTo(1);
    assertThat(world.counted("main", "wrong_signature_or_key")).isEqualTo(1);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        arguments("RS256", Keys.OTHER_RSA, Keys.rsaJwk("a", Keys.OTHER_RSA)),
        arguments("PS256", Keys.OTHER_RSA, Keys.rsaJwk("a", Keys.OTHER_RSA)),
        arguments("ES256", Keys.P256, Keys.ecJwk("a", Curve.P_256, Keys.P256)),
        arguments("ES384", Keys.P384, Keys.ecJwk("a", Curve.P_384, Keys.P384)),
        arguments("ES512", Keys.P521, Keys.ecJwk("a", Curve.P_521, Keys.P521)),
        arguments("EdDSA", Keys.ED25519, Keys.edJwk("a", Keys.ED25519)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKindOfKeyMayProve(String algorithm, KeyPair key, String jwk) throws Exception {
    String token = Tokens.claiming(Proof.bound(jwk));
    assertThat(world.verify(Proof.of(token).with(algorithm, key, jwk).presenting(token)))
        .isInstanceOf(Verified.class);
  }

  private static Arguments defect(String name, String why, UnaryOperator<Proof> change) {
    return arguments(name, why, change.apply(Proof.of(TOKEN)).toString());
  }

  private static String moved(int seconds) {
    return String.valueOf(ManualClock.SECOND + seconds);
  }

  private static String about(String member) {
    return Keys.with(Proof.KEY, member);
  }

  private static String p256(String x, String y) {
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
  }

  static Stream<Arguments> defects() {
    return Stream.concat(ofTheForm(), Stream.concat(ofTheKey(), ofTheClaims()));
  }

  private static Stream<Arguments> ofTheForm() {
    String good = Proof.of(TOKEN).toString();
    String signature = good.substring(good.lastIndexOf('.') + 1);
    return Stream.of(
        arguments("empty", MALFORMED, ""),
        arguments("a word", MALFORMED, "proof"),
        arguments("two parts", MALFORMED, good.substring(0, good.lastIndexOf('.'))),
        arguments("four parts", MALFORMED, good + ".x"),
        arguments("two proofs in one field", MALFORMED, good + "," + good),
        arguments("padded", MALFORMED, good + "=="),
        arguments("a space before", MALFORMED, " " + good),
        arguments("too long", MALFORMED, good + "A".repeat(VerifierWorld.TOKEN_LIMIT)),
        arguments("the token itself", TYPE, TOKEN),
        arguments("no signature", MALFORMED, good.substring(0, good.lastIndexOf('.') + 1)),
        arguments("signature of zeros", SIGNATURE, swapped(good, Forge.base64(new byte[64]))),
        arguments("signature cut", SIGNATURE, swapped(good, signature.substring(4))),
        defect("no typ", TYPE, p -> p.header("typ", "")),
        defect("typ JWT", TYPE, p -> p.header("typ", "\"JWT\"")),
        defect("typ in capitals", TYPE, p -> p.header("typ", "\"DPOP+JWT\"")),
        defect("typ in full", TYPE, p -> p.header("typ", "\"application/dpop+jwt\"")),
        defect("typ a number", MALFORMED, p -> p.header("typ", "1")),
        defect("crit", MALFORMED, p -> p.header("crit", "[\"b64\"]")),
        defect("b64", MALFORMED, p -> p.header("b64", "true")),
        defect("alg none", ALG, p -> p.header("alg", "\"none\"")),
        defect("alg HS256", ALG, p -> p.header("alg", "\"HS256\"")),
        defect("alg missing", ALG, p -> p.header("alg", "")),
        defect("alg a list", ALG, p -> p.header("alg", "[\"ES256\"]")),
        defect("alg of another kind of key", ALG, p -> p.header("alg", "\"RS256\"")),
        defect("alg of another curve", ALG, p -> p.header("alg", "\"ES384\"")),
        defect("alg that the issuer does not name", ALG, p -> p.header("alg", "\"PS512\"")));
  }

  private static String swapped(String proof, String signature) {
    return proof.substring(0, proof.lastIndexOf('.') + 1) + signature;
  }

  private static Stream<Arguments> ofTheKey() {
    return Stream.of(
        defect("no jwk", NO_KEY, p -> p.header("jwk", "")),
        defect("jwk null", NO_KEY, p -> p.header("jwk", "null")),
        defect("jwk a text", NO_KEY, p -> p.header("jwk", "\"" + "x" + "\"")),
        defect("jwk a list", NO_KEY, p -> p.header("jwk", "[" + Proof.KEY + "]")),
        defect("jwk with d", PRIVATE, p -> p.header("jwk", about("\"d\":\"AA\""))),
        defect("jwk with d null", PRIVATE, p -> p.header("jwk", about("\"d\":null"))),
        defect("jwk symmetric", PRIVATE, p -> p.header("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}")),
        defect("jwk without kty", BAD_KEY, p -> p.header("jwk", "{\"x\":\"AA\"}")),
        defect(
            "jwk off its curve", BAD_KEY, p -> p.header("jwk", p256("AQ".repeat(21) + "A", "AQ"))),
        defect("jwk padded", NO_X, p -> p.header("jwk", p256("AA==", "AA"))),
        defect("jwk without y", NO_Y, p -> p.header("jwk", lacksY())),
        defect("jwk for encryption", BAD_KEY, p -> p.header("jwk", about("\"use\":\"enc\""))),
        defect("jwk of another alg", ALG, p -> p.header("jwk", about("\"alg\":\"ES384\""))),
        defect(
            "jwk that is weak",
            BAD_KEY,
            p -> p.with("RS256", Keys.WEAK_RSA, Keys.rsaJwk("a", Keys.WEAK_RSA))),
        defect(
            "a key that the token is not bound to",
            OTHER_KEY,
            p -> p.with("RS256", Keys.OTHER_RSA, Keys.rsaJwk("a", Keys.OTHER_RSA))),
        defect("signed by another key than it says", SIGNATURE, p -> p.by("ES256", another())));
  }

  private static KeyPair another() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lacksY() {
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}";
  }

  private static Stream<Arguments> ofTheClaims() {
    return Stream.of(
        defect("no htm", HTM, p -> p.claim("htm", "")),
        defect("htm POST", HTM, p -> p.claim("htm", "\"POST\"")),
        defect("htm in lower case", HTM, p -> p.claim("htm", "\"get\"")),
        defect("htm a list", HTM, p -> p.claim("htm", "[\"GET\"]")),
        defect("no htu", HTU, p -> p.claim("htu", "")),
        defect("htu a path", HTU, p -> p.claim("htu", "\"/accounts/a1/documents/42\"")),
        defect("htu of another path", HTU, p -> p.claim("htu", "\"" + Proof.URL + "/\"")),
        defect("htu of http", HTU, p -> p.claim("htu", url("https:", "http:"))),
        defect("htu of another host", HTU, p -> p.claim("htu", url("api.", "apis."))),
        defect("htu of another port", HTU, p -> p.claim("htu", url(".com/", ".com:8443/"))),
        defect("htu with a user", HTU, p -> p.claim("htu", url("://", "://x@"))),
        defect("htu in another case of the path", HTU, p -> p.claim("htu", url("a1", "A1"))),
        defect("htu with dot segments", HTU, p -> p.claim("htu", url("/a1", "/b/../a1"))),
        defect("htu with an encoded slash", HTU, p -> p.claim("htu", url("/42", "%2f42"))),
        defect("htu a list", HTU, p -> p.claim("htu", "[\"" + Proof.URL + "\"]")),
        defect("no ath", ATH, p -> p.claim("ath", "")),
        defect("ath of another token", ATH, p -> p.claim("ath", quoted(Proof.hash(OTHER_TOKEN)))),
        defect("ath padded", ATH, p -> p.claim("ath", quoted(Proof.hash(TOKEN) + "="))),
        defect("no iat", IAT, p -> p.claim("iat", "")),
        defect("iat a text", IAT, p -> p.claim("iat", quoted(moved(0)))),
        defect("iat beyond all numbers", IAT, p -> p.claim("iat", "1e999")),
        defect("iat too old", IAT, p -> p.claim("iat", moved(-90))),
        defect("iat of the future", IAT, p -> p.claim("iat", moved(31))),
        defect("no jti", JTI, p -> p.claim("jti", "")),
        defect("jti empty", JTI, p -> p.claim("jti", "\"\"")),
        defect("jti a number", JTI, p -> p.claim("jti", "7")),
        defect("jti too long", JTI, p -> p.claim("jti", quoted("x".repeat(257)))));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String url(String part, String other) {
    return quoted(Proof.URL.replace(part, other));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void isRefused(String name, String why, String proof) throws Exception {
    assertThat(world.verify(Proof.with(TOKEN, proof))).as(name).isEqualTo(unproven(why));
    assertThat(world.verify(Proof.of(TOKEN).presenting(TOKEN))).isInstanceOf(Verified.class);
    assertThat(world.verify(Proof.with(TOKEN, proof)))
        .as(name + ", the token being remembered")
        .isEqualTo(unproven(why));
  }

  @Test
  void thereIsOneProof() throws Exception {
    assertThat(world.verify(Proof.with(TOKEN))).isEqualTo(unproven("there is no proof"));
    String one = Proof.of(TOKEN).toString();
    assertThat(world.verify(Proof.with(TOKEN, one, one)))
        .isEqualTo(unproven("there is more than one proof"));
    assertThat(world.verify(Proof.with(TOKEN, one)))
        .as("nothing was taken for used")
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://API.example.com/accounts/a1/documents/42",
    "https://api.example.com:443/accounts/a1/documents/42",
    "https://api.example.com/accounts/a1/documents/42?a=b",
    "https://api.example.com/accounts/a1/documents/42#top",
    "https://api.example.com/accounts/%61%31/documents/42"
  })
  void urlsThatMeanTheSameAreEqual(String url) throws Exception {
    assertThat(world.verify(Proof.of(TOKEN).claim("htu", quoted(url)).presenting(TOKEN)))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @CsvSource({"-89", "0", "30"})
  void clocksMayDiffer(int seconds) throws Exception {
    assertThat(world.verify(Proof.of(TOKEN).claim("iat", moved(seconds)).presenting(TOKEN)))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aProofIsRememberedAsLongAsItCouldBeSentAgain() throws Exception {
    Presented early = Proof.of(TOKEN).claim("iat", moved(30)).presenting(TOKEN);
    assertThat(world.verify(early)).isInstanceOf(Verified.class);
    world.clock.advance(Duration.ofSeconds(119));
    assertThat(world.verify(early)).isEqualTo(unproven(AGAIN));
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(world.verify(early)).isEqualTo(unproven(IAT));
  }
}

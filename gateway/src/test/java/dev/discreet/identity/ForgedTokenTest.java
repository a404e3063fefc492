package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.Curve;
import dev.discreet.config.IssuerConfig.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures and keys: each algorithm is accepted, and no forgery is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokenTest {
  private static final String CLAIMS = "{" + Tokens.good() + "}";
  private static final String OTHER_ISS = "https://id.example.com/realms/other";

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeAll
  void start() throws Exception {
    KeySource main =
        Keys.file(
            Keys.rsaJwk("k1", Keys.RSA),
            Keys.rsaJwk("weak", Keys.WEAK_RSA),
            Keys.with(Keys.rsaJwk("encrypts", Keys.RSA), "\"use\":\"enc\""),
            Keys.with(Keys.rsaJwk("signs", Keys.RSA), "\"key_ops\":[\"sign\"]"),
            Keys.with(Keys.rsaJwk("ps256-only", Keys.RSA), "\"alg\":\"PS256\""),
            Keys.with(Keys.rsaJwk("oaep", Keys.RSA), "\"alg\":\"RSA-OAEP\""),
            "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"" + Forge.base64("s".repeat(32)) + "\"}",
            Keys.ecJwk("p256", Curve.P_256, Keys.P256),
            Keys.ecJwk("p384", Curve.P_384, Keys.P384),
            Keys.ecJwk("p521", Curve.P_521, Keys.P521),
            Keys.edJwk("ed", Keys.ED25519));
    KeySource other = Keys.file(Keys.rsaJwk("k1", Keys.OTHER_RSA));
    world =
        new VerifierWorld(
            new IssuerSettings().with(main),
            new IssuerSettings().named("other", OTHER_ISS).algorithms("RS256").with(other));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RS256,k1",
    "RS384,k1",
    "RS512,k1",
    "PS256,k1",
    "PS384,k1",
    "PS512,k1",
    "PS256,ps256-only",
    "ES256,p256",
    "ES384,p384",
    "ES512,p521",
    "EdDSA,ed",
    "Ed25519,ed"
  })
  void isAccepted(String algorithm, String kid) throws Exception {
    assertThat(world.verify(Tokens.by(algorithm, pair(kid), kid)))
        .isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @CsvSource({"RS256,k1", "ES256,p256", "ES384,p384", "ES512,p521", "EdDSA,ed"})
  void isFoundWithoutKeyId(String algorithm, String kid) throws Exception {
    String header = "{\"alg\":\"" + algorithm + "\"}";
    String token = Forge.token(algorithm, pair(kid).getPrivate(), header, CLAIMS);
    assertThat(world.verify(token)).isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"algorithms", "injections", "keys", "dev.discreet.identity.ForgedSignatures#all"})
  void isOfWrongSignatureOrKey(String name, String token) throws Exception {
    assertThat(world.verify(token))
        .as(name)
        .isEqualTo(new Verification.Refused(Reason.WRONG_SIGNATURE, "main"));
  }

  static Stream<Arguments> algorithms() {
    byte[] pem = pem().getBytes(StandardCharsets.US_ASCII);
    String hs256 = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";
    Stream<Arguments> named =
        Stream.of(
                "none",
                "None",
                "NONE",
                "nOnE",
                "",
                " ",
                "rs256",
                "RS256 ",
                "RS257",
                "RS1",
                "HS256",
                "HS384",
                "HS512",
                "ES256K",
                "Ed448",
                "EDDSA",
                "RSA-OAEP",
                "dir",
                "SHA256withRSA")
            .map(
                alg ->
                    arguments(
                        "alg \"" + alg + "\"",
                        Tokens.of("{\"alg\":\"" + alg + "\",\"kid\":\"k1\"}", Tokens.good())));
    return Stream.concat(
        named,
        Stream.of(
            arguments("HS256 with the PEM as secret", Forge.hmac(pem, hs256, CLAIMS)),
            arguments(
                "HS256 with the DER as secret",
                Forge.hmac(Keys.RSA.getPublic().getEncoded(), hs256, CLAIMS)),
            arguments(
                "HS256 with the secret of the set",
                Forge.hmac(
                    "s".repeat(32).getBytes(StandardCharsets.US_ASCII),
                    "{\"alg\":\"HS256\",\"kid\":\"secret\"}",
                    CLAIMS)),
            arguments(
                "HS256 with the empty secret of an unknown key",
                Forge.hmac(new byte[1], "{\"alg\":\"HS256\"}", CLAIMS))));
  }

  static Stream<Arguments> injections() {
    String jwk = Keys.rsaJwk("k1", Keys.OTHER_RSA);
    return Stream.of(
            "\"jwk\":" + jwk,
            "\"jku\":\"http://127.0.0.1:1/keys\"",
            "\"x5u\":\"http://127.0.0.1:1/cert\"",
            "\"x5c\":[\"MIIB\"]",
            "\"x5t\":\"AAAA\"")
        .flatMap(
            member ->
                Stream.of("\"k1\"", "\"unknown\"")
                    .map(
                        kid ->
                            arguments(
                                member.substring(0, 5) + " with kid " + kid,
                                attackers("\"kid\":" + kid + "," + member))));
  }

  private static String attackers(String members) {
    String header = "{\"alg\":\"RS256\"," + members + "}";
    return Forge.token("RS256", Keys.OTHER_RSA.getPrivate(), header, CLAIMS);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        arguments("another's key", attackers("\"kid\":\"k1\"")),
        arguments("another's key without kid", attackers("\"typ\":\"JWT\"")),
        arguments("kid of a path", attackers("\"kid\":\"../../../dev/null\"")),
        arguments("kid of SQL", attackers("\"kid\":\"x' UNION SELECT 'k1\"")),
        arguments("kid of a URL", attackers("\"kid\":\"http://127.0.0.1:1/k\"")),
        arguments("kid in another case", Tokens.by("RS256", Keys.RSA, "K1")),
        arguments("kid empty", Tokens.by("RS256", Keys.RSA, "")),
        arguments("kid with a NUL", Tokens.by("RS256", Keys.RSA, "k1\\u0000")),
        arguments("kid of another key", Tokens.by("RS256", Keys.RSA, "p256")),
        arguments("weak key", Tokens.by("RS256", Keys.WEAK_RSA, "weak")),
        arguments("key for encryption", Tokens.by("RS256", Keys.RSA, "encrypts")),
        arguments("key that may not verify", Tokens.by("RS256", Keys.RSA, "signs")),
        arguments("key of another alg", Tokens.by("RS256", Keys.RSA, "ps256-only")),
        arguments("key of an encryption's alg", Tokens.by("RS256", Keys.RSA, "oaep")));
  }

  @ParameterizedTest
  @CsvSource({"RS256,RS256,k1,other,WRONG_SIGNATURE", "PS256,PS256,k1,other,WRONG_SIGNATURE"})
  void keysOfOneIssuerAreNoOthers(
      String algorithm, String said, String kid, String issuer, Reason reason) throws Exception {
    String header = "{\"alg\":\"" + said + "\",\"kid\":\"" + kid + "\"}";
    String claims = "{" + Tokens.replacing("iss", "\"" + OTHER_ISS + "\"") + "}";
    String token = Forge.token(algorithm, Keys.RSA.getPrivate(), header, claims);
    assertThat(world.verify(token)).isEqualTo(new Verification.Refused(reason, issuer));
  }

  @ParameterizedTest
  @CsvSource({"RS256,true", "RS512,false", "PS256,false"})
  void onlyAlgorithmsOfTheIssuerAreAccepted(String algorithm, boolean valid) throws Exception {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}";
    String claims = "{" + Tokens.replacing("iss", "\"" + OTHER_ISS + "\"") + "}";
    String token = Forge.token(algorithm, Keys.OTHER_RSA.getPrivate(), header, claims);
    assertThat(world.verify(token) instanceof Verification.Verified).isEqualTo(valid);
  }

  private static String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(Keys.RSA.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static KeyPair pair(String kid) {
    return switch (kid) {
      case "p256" -> Keys.P256;
      case "p384" -> Keys.P384;
      case "p521" -> Keys.P521;
      case "ed" -> Keys.ED25519;
      default -> Keys.RSA;
    };
  }
}

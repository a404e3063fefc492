package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.Curve;
import dev.discreet.config.IssuerConfig.KeySource;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
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
  void start(@TempDir Path folder) throws Exception {
    Path main =
        Files.writeString(
            folder.resolve("main.json"),
            Keys.set(
                Keys.rsaJwk("k1", Keys.RSA),
                Keys.rsaJwk("weak", Keys.WEAK_RSA),
                Keys.with(Keys.rsaJwk("encrypts", Keys.RSA), "\"use\":\"enc\""),
                Keys.with(Keys.rsaJwk("signs", Keys.RSA), "\"key_ops\":[\"sign\"]"),
                Keys.with(Keys.rsaJwk("ps256-only", Keys.RSA), "\"alg\":\"PS256\""),
                Keys.with(Keys.rsaJwk("oaep", Keys.RSA), "\"alg\":\"RSA-OAEP\""),
                "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\""
                    + Forge.base64("s".repeat(32))
                    + "\"}",
                Keys.ecJwk("p256", Curve.P_256, Keys.P256),
                Keys.ecJwk("p384", Curve.P_384, Keys.P384),
                Keys.ecJwk("p521", Curve.P_521, Keys.P521),
                Keys.edJwk("ed", Keys.ED25519)));
    Path other =
        Files.writeString(
            folder.resolve("other.json"), Keys.set(Keys.rsaJwk("k1", Keys.OTHER_RSA)));
    world =
        new VerifierWorld(
            new IssuerSettings().with(new KeySource.Local(main)),
            new IssuerSettings()
                .named("other", OTHER_ISS)
                .algorithms("RS256")
                .with(new KeySource.Local(other)));
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
  @MethodSource({"algorithms", "injections", "keys", "signatures"})
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
    String bound = "\"cnf\":{\"jkt\":\"abc\"},";
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
        arguments("key of an encryption's alg", Tokens.by("RS256", Keys.RSA, "oaep")),
        arguments("cnf", Tokens.claiming(bound + Tokens.good())),
        arguments("cnf null", Tokens.claiming("\"cnf\":null," + Tokens.good())),
        arguments(
            "cnf of a certificate",
            Tokens.claiming("\"cnf\":{\"x5t#S256\":\"a\"}," + Tokens.good())));
  }

  static Stream<Arguments> signatures() {
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

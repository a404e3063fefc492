package dev.discreet.attacks;

import com.nimbusds.jose.jwk.Curve;
import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;

/** A gateway with issuers of many keys, the API behind it, and a server of the attacker's. */
final class AttackWorld implements AutoCloseable {
  static final String PUBLIC = "/public";
  static final String PRIVATE = "/private";

  /** The secret of a symmetric key that somebody put into the key set. */
  static final String SECRET = "s".repeat(32);

  /** A key with the exponent 3, as low as any that is allowed. */
  static final KeyPair EXPONENT_3 = exponent3();

  private final CountingApi api = new CountingApi().owning(PUBLIC, PRIVATE);
  private final CountingApi attacker = new CountingApi();
  private final TestGateway gateway;

  AttackWorld() throws IOException {
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                issuers:
                  main: {issuer: "%s", audiences: [tests], jwks: {file: keys.json}, algorithms: [%s]}
                  strict: {issuer: "%s", audiences: [tests], jwks: {file: keys.json}, tokenType: at+jwt}
                  other: {issuer: "%s", audiences: [others], jwks: {file: other.json}}
                upstreams:
                  api: {url: "%s"}
                routes:
                  - {path: /public, upstream: api, methods: {GET: public}}
                  - {path: /private, upstream: api, methods: {GET: authenticated}}
                """
                    .formatted(
                        Forgery.ISS,
                        "RS256, PS256, ES256, ES384, EdDSA",
                        Forgery.STRICT,
                        Forgery.OTHER,
                        api.url()),
                "keys.json",
                keys(),
                "other.json",
                Keys.set(Keys.rsaJwk("k1", Keys.OTHER_RSA))));
  }

  private static String keys() {
    String smallOrder = Forge.base64(new byte[] {1}) + "A".repeat(41);
    return Keys.set(
        Keys.rsaJwk("k1", Keys.RSA),
        Keys.rsaJwk("weak", Keys.WEAK_RSA),
        Keys.rsaJwk("e3", EXPONENT_3),
        Keys.with(Keys.rsaJwk("encrypts", Keys.RSA), "\"use\":\"enc\""),
        Keys.with(Keys.rsaJwk("signs", Keys.RSA), "\"key_ops\":[\"sign\"]"),
        Keys.with(Keys.rsaJwk("ps256", Keys.RSA), "\"alg\":\"PS256\""),
        Keys.with(Keys.rsaJwk("oaep", Keys.RSA), "\"alg\":\"RSA-OAEP-256\""),
        "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"" + Forge.base64(SECRET) + "\"}",
        Keys.ecJwk("p256", Curve.P_256, Keys.P256),
        Keys.ecJwk("p384", Curve.P_384, Keys.P384),
        Keys.edJwk("ed", Keys.ED25519),
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"small\",\"x\":\"" + smallOrder + "\"}");
  }

  private static KeyPair exponent3() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  TestGateway gateway() {
    return gateway;
  }

  CountingApi api() {
    return api;
  }

  CountingApi attacker() {
    return attacker;
  }

  /** Takes the key {@code k1} out of the set. */
  void retire() throws IOException {
    gateway.taking(
        () -> gateway.write("keys.json", Keys.set(Keys.ecJwk("p256", Curve.P_256, Keys.P256))));
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    api.close();
    attacker.close();
  }
}

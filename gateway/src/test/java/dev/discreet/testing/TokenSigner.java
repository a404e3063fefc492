package dev.discreet.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs the tokens of one issuer with its RSA key. */
public final class TokenSigner {
  /** More than meet in one test, each of which has its own. */
  private static final int KEYS = 16;

  /** To make one takes longer than most tests do. */
  private static final Map<Integer, RSAKey> MADE = new ConcurrentHashMap<>();

  private static final AtomicInteger HANDED_OUT = new AtomicInteger();

  private final String issuer;
  private final RSAKey key;

  /**
   * Takes a key for {@code issuer} that is called {@code keyId}, and differs from the last ones.
   */
  public TokenSigner(String issuer, String keyId) {
    this.issuer = issuer;
    RSAKey next =
        MADE.computeIfAbsent(HANDED_OUT.getAndIncrement() % KEYS, number -> TokenSigner.make());
    key = new RSAKey.Builder(next).keyID(keyId).build();
  }

  private static RSAKey make() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return its {@code iss}} */
  public String issuer() {
    return issuer;
  }

  /** {@return the key that signs, with its private part} */
  public RSAKey key() {
    return key;
  }

  /** {@return the key set that verifies} */
  public String jwks() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** {@return a valid token of {@code subject} with further claims} */
  public String token(String subject, Map<String, Object> claims) {
    JWTClaimsSet.Builder all =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience("tests")
            .subject(subject)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    claims.forEach(all::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build(),
            all.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}

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
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An issuer with one RSA key at a time, its key set on a loopback port. */
public final class TestIssuer implements AutoCloseable {
  private final HttpServer server;
  private volatile RSAKey key = newKey(1);

  /** Starts on a free port. */
  public TestIssuer() throws IOException, JOSEException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
  }

  private static RSAKey newKey(int number) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID("k" + number).generate();
  }

  /** Signs with a new key from now on, which whoever has read the key set does not know. */
  public void rotate() throws JOSEException {
    key = newKey(2);
  }

  /** {@return its {@code iss}} */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** {@return a valid token of {@code subject} with further claims} */
  public String token(String subject, Map<String, Object> claims) {
    JWTClaimsSet.Builder all =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience("tests")
            .subject(subject)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    claims.forEach(all::claim);
    RSAKey signer = key;
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(signer.getKeyID())
                .type(JOSEObjectType.JWT)
                .build(),
            all.build());
    try {
      token.sign(new RSASSASigner(signer));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /** {@return the key that signs, with its private part} */
  public RSAKey key() {
    return key;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

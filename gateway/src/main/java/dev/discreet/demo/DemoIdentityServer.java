package dev.discreet.demo;

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
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An identity server that gives anybody anybody's token: discovery, a key set, and a token
 * endpoint. Its key is made at its start.
 */
final class DemoIdentityServer implements AutoCloseable {
  private static final String AUDIENCE = "https://api.example.com";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final LoopbackServer server;
  private final RSAKey key;
  private final String absentIssuer;

  DemoIdentityServer(int port, int absentPort) throws IOException {
    try {
      key = new RSAKeyGenerator(2048).keyID("demo").generate();
    } catch (JOSEException e) {
      throw new IOException("no RSA key can be made here", e);
    }
    absentIssuer = "http://127.0.0.1:" + absentPort;
    server = new LoopbackServer(port, "identity server");
    server.handle("/.well-known/openid-configuration", this::discovery);
    server.handle(
        "/certs",
        exchange -> server.json(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
    server.handle("/token", this::token);
  }

  String issuer() {
    return server.url();
  }

  private void discovery(HttpExchange exchange) throws IOException {
    server.json(
        exchange,
        200,
        Map.of(
            "issuer", issuer(),
            "jwks_uri", issuer() + "/certs",
            "token_endpoint", issuer() + "/token",
            "id_token_signing_alg_values_supported", List.of("RS256"),
            "subject_types_supported", List.of("public"),
            "response_types_supported", List.of("token")));
  }

  private void token(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Person person = Person.named(field(form, "username"));
    if (person == null) {
      server.json(
          exchange,
          400,
          Map.of(
              "error",
              "invalid_grant",
              "error_description",
              "nobody of that name is known; known: " + Person.all()));
      return;
    }
    server.json(
        exchange,
        200,
        Map.of(
            "access_token", tokenOf(person),
            "token_type", "Bearer",
            "expires_in", LIFETIME.toSeconds()));
  }

  private static @Nullable String field(String form, String name) {
    for (String pair : form.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  String tokenOf(Person person) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(person == Person.PIA ? absentIssuer : issuer())
            .audience(AUDIENCE)
            .subject(person.subject())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)));
    person.claims().forEach(claims::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            claims.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of our own can't sign", e);
    }
    return token.serialize();
  }

  @Override
  public void close() {
    server.close();
  }
}

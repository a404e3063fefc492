package dev.discreet.oracles;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DpopClient;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/** Who issues credentials of every kind, for all gateways of the suite. */
final class Identities implements AutoCloseable {
  /** The one opaque token that is active; its subject is granted nothing. */
  static final String OPAQUE = "opaque-0123456789";

  private final TestIssuer main = new TestIssuer();
  private final TestIssuer other = new TestIssuer();
  private final CountingApi introspection = new CountingApi();
  private final DpopClient dpop = new DpopClient();
  private final Map<String, String> tokens = new HashMap<>();

  Identities() throws IOException {
    introspection.answering(
        request -> {
          String said =
              request.body().contains(OPAQUE)
                  ? "{\"active\":true,\"sub\":\"oscar\",\"aud\":\"tests\",\"exp\":4102444800}"
                  : "{\"active\":false}";
          return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
              + said.length()
              + "\r\n\r\n"
              + said;
        });
  }

  /** {@return the section of gateway.yaml that trusts them} */
  String configuration() {
    return """
        issuers:
          main: {issuer: '%1$s', audiences: [tests], jwks: '%1$s/jwks', permissionsFrom: [scope], dpop: optional}
          other: {issuer: '%2$s', audiences: [tests], jwks: '%2$s/jwks', permissionsFrom: [scope]}
          opaque:
            issuer: https://opaque.test
            audiences: [tests]
            format: opaque
            introspection: {url: '%3$s/introspect', clientId: gateway, clientSecret: secret, cache: 1h}
        tokenFrom: [bearer, dpop, {header: x-api-token}, {cookie: session}]
        """
        .formatted(main.issuer(), other.issuer(), introspection.url());
  }

  /** {@return the same token each time: one that is remembered costs as little as it may} */
  String token(String subject, Map<String, Object> claims) {
    return tokens.computeIfAbsent(subject + claims, key -> main.token(subject, claims));
  }

  String foreign(String subject) {
    return tokens.computeIfAbsent("other " + subject, key -> other.token(subject, Map.of()));
  }

  String expired(String subject) {
    Instant before = Instant.now().minusSeconds(3600);
    return tokens.computeIfAbsent(
        "expired " + subject, key -> main.token(subject, Map.of("exp", Date.from(before))));
  }

  String bound(String subject) {
    return token(subject, Map.of("cnf", dpop.confirmation()));
  }

  String certified(String subject) {
    return token(subject, Map.of("cnf", Map.of("x5t#S256", OracleWorld.CALLER.thumbprint())));
  }

  String proof(String method, String url, String token) {
    return dpop.proof(method, url, token);
  }

  @Override
  public void close() {
    introspection.close();
    other.close();
    main.close();
  }
}

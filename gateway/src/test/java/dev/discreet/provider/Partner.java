package dev.discreet.provider;

import java.util.HashMap;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/** The identity provider of another company, by another maker. */
final class Partner implements AutoCloseable {
  private static final String NAME = "partner";

  private final MockOAuth2Server server = new MockOAuth2Server();

  /** Starts it on a free port. */
  Partner() {
    server.start();
  }

  /** {@return its {@code iss}} */
  String issuer() {
    return server.issuerUrl(NAME).toString();
  }

  /** {@return a token that it signs, with its own {@code iss} and otherwise these claims} */
  String token(Map<String, Object> claims) {
    Map<String, Object> own = new HashMap<>(claims);
    own.put("iss", issuer());
    return server.anyToken(server.issuerUrl(NAME), own).serialize();
  }

  @Override
  public void close() {
    server.shutdown();
  }
}

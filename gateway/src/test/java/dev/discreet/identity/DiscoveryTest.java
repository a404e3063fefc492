package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.KeySource;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of an issuer that says itself where they are. */
class DiscoveryTest {
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  @SuppressWarnings("NullAway.Init")
  private Provider provider;

  @BeforeEach
  void start() throws Exception {
    provider = new Provider();
    provider.says("/keys", Keys.set(Keys.rsaJwk("k1", Keys.RSA)));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private String document(String issuer, String keys) {
    return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\",\"more\":[1]}";
  }

  private IssuerConfig issuer(String path) {
    String iss = provider.url(path);
    return new IssuerSettings().named("main", iss).with(new KeySource.Discovered(iss));
  }

  private Verification verify(VerifierWorld world, String path) throws Exception {
    String claims = Tokens.replacing("iss", "\"" + provider.url(path) + "\"");
    return world.verify(Tokens.claiming(claims));
  }

  private Verification verify(String path) throws Exception {
    try (VerifierWorld world = new VerifierWorld(issuer(path))) {
      return verify(world, path);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',/.well-known/openid-configuration",
    "/,/.well-known/openid-configuration",
    "/realms/main,/realms/main/.well-known/openid-configuration",
    "/realms/main/,/realms/main/.well-known/openid-configuration",
    "'',/.well-known/oauth-authorization-server",
    "/realms/main,/.well-known/oauth-authorization-server/realms/main",
    "/realms/main/,/.well-known/oauth-authorization-server/realms/main"
  })
  void findsTheKeys(String issuerPath, String documentPath) throws Exception {
    provider.says(documentPath, document(provider.url(issuerPath), provider.url("/keys")));
    assertThat(verify(issuerPath)).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"issuer\":\"https://another.example.com\",\"jwks_uri\":\"KEYS\"}",
        "{\"issuer\":\"ISS/\",\"jwks_uri\":\"KEYS\"}",
        "{\"jwks_uri\":\"KEYS\"}",
        "{\"issuer\":\"ISS\"}",
        "{\"issuer\":\"ISS\",\"jwks_uri\":\"http://id.example.com/keys\"}",
        "{\"issuer\":\"ISS\",\"jwks_uri\":\"file:///etc/passwd\"}",
        "{\"issuer\":\"ISS\",\"jwks_uri\":[\"KEYS\"]}",
        "{\"issuer\":\"ISS\",\"issuer\":\"ISS\",\"jwks_uri\":\"KEYS\"}",
        "[]",
        "<html>"
      })
  void believesNoOtherDocument(String document) throws Exception {
    String text = document.replace("ISS", provider.url("")).replace("KEYS", provider.url("/keys"));
    provider.says(OPENID, text);
    provider.says(OAUTH, text);
    assertThat(verify("")).isEqualTo(new Undecided("main", "no keys of the issuer main"));
    assertThat(provider.requests()).noneMatch(request -> request.contains("/keys"));
  }

  @Test
  void asksAgainOnceTheKeysHaveMoved() throws Exception {
    provider.says(OPENID, document(provider.url(""), provider.url("/keys")));
    try (VerifierWorld world = new VerifierWorld(issuer(""))) {
      assertThat(verify(world, "")).isInstanceOf(Verified.class);
      int asked = provider.requests().size();
      String moved = Tokens.by("RS256", Keys.OTHER_RSA, "k2", provider.url(""));
      provider.says("/keys", Keys.set(Keys.rsaJwk("k2", Keys.OTHER_RSA)));
      assertThat(world.verify(moved)).isInstanceOf(Verified.class);
      assertThat(provider.requests()).as("where they are was remembered").hasSize(asked + 1);
      assertThat(verify(world, "")).isEqualTo(new Refused(Reason.WRONG_SIGNATURE, "main"));
    }
  }
}

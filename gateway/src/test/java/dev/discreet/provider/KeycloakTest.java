package dev.discreet.provider;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.MISSING;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.discreet.testing.DpopClient;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway and a real Keycloak, from its own distribution. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class KeycloakTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path database;

  private final Partner partner = new Partner();
  private String unavailable = "";

  @SuppressWarnings("NullAway.Init")
  private Keycloak keycloak;

  @SuppressWarnings("NullAway.Init")
  private KeycloakAdmin admin;

  @SuppressWarnings("NullAway.Init")
  private KeycloakWorld world;

  /** Before each, not before all: what is skipped there is not even counted. */
  @BeforeEach
  void start() throws Exception {
    if (keycloak == null && unavailable.isEmpty()) {
      try {
        keycloak = new Keycloak(KeycloakDistribution.folder(), database);
        admin = new KeycloakAdmin(keycloak);
        keycloak.start();
      } catch (KeycloakDistribution.Unavailable e) {
        unavailable = "SKIPPED: no Keycloak was tried. " + e.getMessage();
      }
    }
    assumeTrue(unavailable.isEmpty(), unavailable);
    world = new KeycloakWorld(keycloak.issuer(), partner.issuer());
  }

  @AfterEach
  void stopGateway() throws IOException {
    if (world != null) {
      world.close();
    }
  }

  @AfterAll
  void stopKeycloak() {
    partner.close();
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @Test
  void tellsUsersWhatTheirRolesAndGroupsLetThemKnow() throws Exception {
    String ann = keycloak.userToken("app", "ann");
    assertThat(world.call("GET", OWN, ann).status()).isEqualTo(200);
    assertThat(world.call("DELETE", OWN, ann).status()).isEqualTo(403);
    assertThat(world.call("DELETE", MISSING, ann).status()).isEqualTo(404);
    assertThat(world.call("GET", HIDDEN, ann).status()).isEqualTo(404);
    String bob = keycloak.userToken("app", "bob");
    assertThat(world.call("GET", HIDDEN, bob).status()).isEqualTo(200);
    assertThat(world.call("DELETE", HIDDEN, bob).status()).isEqualTo(403);
    String cleo = keycloak.userToken("app", "cleo");
    assertThat(world.call("DELETE", OWN, cleo).status()).isEqualTo(200);
    assertThat(world.call("DELETE", HIDDEN, cleo).status()).isEqualTo(404);
    assertThat(world.gateway().call("GET", OWN).status()).isEqualTo(401);
  }

  @Test
  void tellsTheApiWhoCalls() throws Exception {
    assertThat(world.call("GET", OWN, keycloak.userToken("app", "ann")).status()).isEqualTo(200);
    assertThat(world.api().seen().getLast().values("x-caller")).containsExactly("ann");
  }

  @Test
  void knowsAServiceAccountByItsClient() throws Exception {
    String service = keycloak.serviceToken();
    assertThat(world.call("GET", HIDDEN, service).status()).isEqualTo(200);
    assertThat(world.call("DELETE", HIDDEN, service).status()).isEqualTo(403);
  }

  @Test
  void takesTheSameSubjectOfAnotherProviderForAnotherCaller() throws Exception {
    String ann = keycloak.userToken("app", "ann");
    Map<String, Object> claims = new HashMap<>(SignedJWT.parse(ann).getPayload().toJSONObject());
    claims.put("groups", List.of("staff"));
    claims.put("realm_access", Map.of("roles", List.of("document-admin")));
    claims.put("azp", "reporting");
    String alike = partner.token(claims);
    claims.put("tenant", "b9");
    String entitled = partner.token(claims);
    assertThat(world.call("GET", OWN, ann).status()).isEqualTo(200);
    assertThat(world.call("GET", OWN, alike).status()).isEqualTo(404);
    assertThat(world.call("GET", HIDDEN, alike).status()).isEqualTo(404);
    assertThat(world.call("GET", HIDDEN, entitled).status()).isEqualTo(200);
    assertThat(world.gateway().logged("\"issuer\":\"partner\"")).contains("\"row\":\"7\"");
  }

  @ParameterizedTest
  @CsvSource({"app-es256, ES256", "app-eddsa, EdDSA", "app, RS256"})
  void verifiesWhateverTheClientsTokensAreSignedWith(String client, String algorithm)
      throws Exception {
    String token = keycloak.userToken(client, "ann");
    assertThat(SignedJWT.parse(token).getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(world.call("GET", OWN, token).status()).isEqualTo(200);
  }

  @Test
  void takesTokensThatItBindsToAKeyOnlyWithAProof() throws Exception {
    DpopClient client = new DpopClient();
    String proof = client.proof("POST", keycloak.issuer() + "/protocol/openid-connect/token");
    Map<String, String> login = Keycloak.passwordGrant("app-dpop", "ann");
    String token =
        Keycloak.text(
            keycloak.post(keycloak.issuer(), "token", login, "DPoP", proof), "access_token");
    String proven = client.proof("GET", "http://api.test" + OWN, token);
    String unproven = new DpopClient().proof("GET", "http://api.test" + OWN, token);
    String bound = DpopClient.authorization(token);
    assertThat(world.gateway().call("GET", OWN, bound, proven).status()).isEqualTo(200);
    assertThat(world.gateway().call("GET", OWN, bound, unproven).status()).isEqualTo(401);
    assertThat(world.call("GET", OWN, token).status()).as("as a bearer token").isEqualTo(401);
  }

  @Test
  void refusesTokensThatAreNotForThisApi() throws Exception {
    assertRefused(keycloak.userToken("app-without-audience", "ann"), "wrong audience");
    assertRefused(keycloak.adminToken(), "wrong issuer");
    assertRefused(withKeyId(keycloak.userToken("app", "ann"), "k"), "wrong signature or key");
  }

  private void assertRefused(String token, String why) throws IOException {
    Answer answer = world.call("GET", OWN, token);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.value("www-authenticate")).contains("error_description=\"" + why + "\"");
    assertThat(world.api().heads()).isZero();
  }

  /**
   * What is signed does not hold what is revoked: until {@code exp}, the token says what it said.
   */
  @Test
  void aLogoutEndsNewTokensButNotThoseThatAreOut() throws Exception {
    Map<String, String> login = Keycloak.passwordGrant("app", "ann");
    var tokens = keycloak.post(keycloak.issuer(), "token", login);
    String access = Keycloak.text(tokens, "access_token");
    Map<String, String> refresh =
        Map.of(
            "client_id", "app",
            "grant_type", "refresh_token",
            "refresh_token", Keycloak.text(tokens, "refresh_token"));
    assertThat(keycloak.post(keycloak.issuer(), "logout", refresh).statusCode()).isEqualTo(204);
    assertThat(keycloak.post(keycloak.issuer(), "token", refresh).statusCode()).isEqualTo(400);
    assertThat(world.call("GET", OWN, access).status()).isEqualTo(200);
  }

  @Test
  void rotatesItsKeyUnderLoadAndNoRequestFails() throws Exception {
    String before = keycloak.serviceToken();
    try (Traffic traffic = new Traffic(world.gateway(), HIDDEN, keycloak::serviceToken)) {
      traffic.goOnFor(50);
      admin.rotate();
      traffic.goOnFor(100);
      traffic.end();
    }
    String after = keycloak.serviceToken();
    assertThat(keyId(after)).isNotEqualTo(keyId(before));
    assertThat(world.call("GET", HIDDEN, after).status()).isEqualTo(200);
    assertThat(world.call("GET", HIDDEN, before).status())
        .as("its key is still there")
        .isEqualTo(200);
    assertThat(fetches("success")).isEqualTo(2);
  }

  @Test
  void aKeyThatIsTakenOutEndsTheTrustInItsTokens() throws Exception {
    URI key = admin.rotate();
    String token = keycloak.serviceToken();
    try (KeycloakWorld knowing = new KeycloakWorld(keycloak.issuer(), partner.issuer())) {
      assertThat(knowing.call("GET", HIDDEN, token).status()).isEqualTo(200);
      admin.rotate();
      admin.remove(key);
      assertThat(knowing.call("GET", HIDDEN, token).status()).as("not asked yet").isEqualTo(200);
      assertThat(knowing.call("GET", HIDDEN, keycloak.serviceToken()).status()).isEqualTo(200);
      assertThat(knowing.call("GET", HIDDEN, token).value("www-authenticate"))
          .contains("wrong signature or key");
    }
  }

  /** Half of the tokens of this half minute were never seen before it. */
  @Test
  void isAwayForHalfAMinuteAndNoRequestFails() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      tokens.add(keycloak.serviceToken());
    }
    AtomicInteger used = new AtomicInteger();
    try (Traffic traffic =
        new Traffic(
            world.gateway(), HIDDEN, () -> tokens.get(used.getAndIncrement() % tokens.size()))) {
      traffic.goOnFor(10);
      keycloak.kill();
      assertRefusedElsewhere(withKeyId(tokens.getFirst(), "unknown"));
      try (KeycloakWorld startedMeanwhile =
          new KeycloakWorld(keycloak.issuer(), partner.issuer())) {
        assertThat(startedMeanwhile.call("GET", HIDDEN, tokens.getFirst()).status()).isEqualTo(503);
        traffic.goOnFor(Duration.ofSeconds(30));
        keycloak.start();
        Eventually.holds(
            "who started meanwhile has its keys",
            () -> startedMeanwhile.call("GET", HIDDEN, tokens.getFirst()).status() == 200);
      }
      traffic.goOnFor(10);
      traffic.end();
    }
    assertThat(used.get()).isGreaterThan(tokens.size() / 2);
    assertThat(world.call("GET", OWN, keycloak.userToken("app", "ann")).status()).isEqualTo(200);
    assertThat(fetches("failure")).isPositive();
  }

  private void assertRefusedElsewhere(String token) throws IOException {
    assertThat(world.call("GET", HIDDEN, token).value("www-authenticate"))
        .contains("wrong signature or key");
  }

  private double fetches(String result) {
    return world
        .gateway()
        .metric("discreet_jwks_refreshes_total{issuer=\"main\",result=\"" + result + "\"}");
  }

  private static String keyId(String token) throws ParseException {
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  private static String withKeyId(String token, String keyId) throws ParseException {
    JWSHeader header =
        new JWSHeader.Builder(SignedJWT.parse(token).getHeader()).keyID(keyId).build();
    return Base64URL.encode(header.toString()) + token.substring(token.indexOf('.'));
  }
}

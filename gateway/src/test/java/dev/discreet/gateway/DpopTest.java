package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.DpopClient;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key of the client's, over sockets (RFC 9449). */
class DpopTest {
  private static final String PUBLIC = "/accounts/a1/login-options";
  private static final String ORIGIN = "http://api.test";
  private static final String ERROR =
      ", error=\"invalid_token\", error_description=\"wrong signature or key\"";
  private static final String BEARER = "Bearer realm=\"api\"";
  private static final String DPOP = "DPoP realm=\"api\", algs=\"ES256 EdDSA PS256 RS256\"";

  private final DpopClient client = new DpopClient();

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @BeforeEach
  void start() throws IOException {
    world = new DocumentsWorld("tokenFrom: [dpop, bearer]\ntrustedProxies: [127.0.0.2]\n", "");
    gateway = world.gateway();
    gateway.taking(
        () ->
            gateway.write(
                "gateway.yaml",
                world
                    .file("gateway.yaml")
                    .replace("audiences: [tests]", "audiences: [tests]\n    dpop: optional")));
    token = bound(client);
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private String bound(DpopClient owner) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("account", "a1");
    claims.put("scope", "documents:read documents:list");
    claims.put("cnf", owner.confirmation());
    return world.issuer().token("alice", claims);
  }

  private CountingApi.Seen seen() {
    return world.api().seen().getLast();
  }

  private static List<String> challenges(RawClient.Answer answer) {
    return Pattern.compile("(?im)^www-authenticate: ([^\r\n]*)")
        .matcher(answer.head())
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void aProvenRequestIsForwardedOnce() throws IOException {
    String proof = client.proof("GET", ORIGIN + OWN, token);
    assertThat(gateway.call("GET", OWN, DpopClient.authorization(token), proof).status())
        .isEqualTo(200);
    assertThat(seen().values("authorization")).containsExactly("DPoP " + token);
    assertThat(seen().values("dpop")).containsExactly(proof.substring("DPoP: ".length()));
    RawClient.Answer again = gateway.call("GET", OWN, DpopClient.authorization(token), proof);
    assertThat(again.status()).isEqualTo(401);
    assertThat(gateway.logged("\"status\":401"))
        .contains("wrong signature or key: the proof was used before")
        .doesNotContain(token)
        .doesNotContain(proof.substring(6));
  }

  @Test
  void theSchemeIsReadInAnyCaseAndAQueryIsNoPartOfTheProof() throws IOException {
    String proof = client.proof("GET", ORIGIN + OWN, token);
    assertThat(gateway.call("GET", OWN + "?a=b", "authorization: dPoP  " + token, proof).status())
        .isEqualTo(200);
  }

  @Test
  void whatWentWrongIsSaidInTheSchemeThatWasUsed() throws IOException {
    assertThat(challenges(gateway.call("GET", OWN))).containsExactly(BEARER, DPOP);
    assertThat(challenges(gateway.call("GET", OWN, DpopClient.authorization(token))))
        .containsExactly(BEARER, DPOP + ERROR);
    assertThat(challenges(gateway.call("GET", OWN, DocumentsWorld.bearer(token))))
        .containsExactly(BEARER + ERROR, DPOP);
    String proof = client.proof("DELETE", ORIGIN + OWN, token);
    RawClient.Answer forbidden =
        gateway.call("DELETE", OWN, DpopClient.authorization(token), proof);
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(challenges(forbidden))
        .containsExactly(
            BEARER, DPOP + ", error=\"insufficient_scope\", scope=\"documents:delete\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {OWN, HIDDEN, PUBLIC, "/nowhere", "/accounts/b9/documents/none"})
  void aBadProofIsTheSame401ForEveryPath(String path) throws IOException {
    String proof = client.proof("GET", ORIGIN + "/another", token);
    RawClient.Answer answer = gateway.call("GET", path, DpopClient.authorization(token), proof);
    RawClient.Answer other = gateway.call("GET", "/x", DpopClient.authorization(token));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.shape()).isEqualTo(other.shape());
  }

  @Test
  void aHiddenDocumentIsAsIfItWereMissing() throws IOException {
    String missing = "/accounts/b9/documents/none";
    RawClient.Answer hidden =
        gateway.call(
            "GET",
            HIDDEN,
            DpopClient.authorization(token),
            client.proof("GET", ORIGIN + HIDDEN, token));
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(
            gateway
                .call(
                    "GET",
                    missing,
                    DpopClient.authorization(token),
                    client.proof("GET", ORIGIN + missing, token))
                .shape())
        .isEqualTo(hidden.shape());
  }

  @Test
  void aStolenTokenOrProofIsOfNoUse() throws IOException {
    DpopClient thief = new DpopClient();
    String own = client.proof("GET", ORIGIN + OWN, token);
    assertThat(status(DpopClient.authorization(token), thief.proof("GET", ORIGIN + OWN, token)))
        .isEqualTo(401);
    assertThat(status(DpopClient.authorization(bound(thief)), own)).isEqualTo(401);
    assertThat(status(DpopClient.authorization(token), own, own)).isEqualTo(401);
    assertThat(status(DpopClient.authorization(token), own)).isEqualTo(200);
  }

  @Test
  void aTokenThatIsBoundToNoKeyIsABearerTokenAndNoOther() throws IOException {
    String plain =
        world.issuer().token("alice", Map.of("account", "a1", "scope", "documents:read"));
    assertThat(status(DocumentsWorld.bearer(plain))).isEqualTo(200);
    assertThat(status(DpopClient.authorization(plain), client.proof("GET", ORIGIN + OWN, plain)))
        .isEqualTo(401);
  }

  @Test
  void aCommaIs400() throws IOException {
    assertThat(status(DpopClient.authorization(token + ","))).isEqualTo(400);
  }

  private int status(String... fields) throws IOException {
    return gateway.call("GET", OWN, fields).status();
  }

  @Test
  void behindATrustedProxyTheUrlIsTheClients() throws IOException {
    assertThat(through("127.0.0.2", "https://www.example.com")).isEqualTo(200);
    assertThat(through("127.0.0.2", ORIGIN)).isEqualTo(401);
    assertThat(through("127.0.0.1", "https://www.example.com"))
        .as("who is not trusted says nothing")
        .isEqualTo(401);
    assertThat(through("127.0.0.1", ORIGIN)).isEqualTo(200);
  }

  private int through(String from, String origin) throws IOException {
    try (RawClient proxy = new RawClient(from, gateway.address())) {
      String request =
          TestGateway.request(
              "GET",
              OWN,
              DpopClient.authorization(token),
              client.proof("GET", origin + OWN, token),
              "x-forwarded-proto: https",
              "x-forwarded-host: www.example.com:443");
      return proxy.send(request).read("GET").status();
    }
  }

  @Test
  void stripTakesTheProofToo() throws IOException {
    gateway.taking(
        () ->
            gateway.write(
                "gateway.yaml",
                world
                    .file("gateway.yaml")
                    .replace("audiences: [tests]", "audiences: [tests]\n    dpop: required")
                    .concat("forward: {token: strip}\n")));
    assertThat(status(DpopClient.authorization(token), client.proof("GET", ORIGIN + OWN, token)))
        .isEqualTo(200);
    assertThat(seen().values("authorization")).isEmpty();
    assertThat(seen().values("dpop")).isEmpty();
    String plain =
        world.issuer().token("alice", Map.of("account", "a1", "scope", "documents:read"));
    assertThat(status(DocumentsWorld.bearer(plain))).as("dpop: required").isEqualTo(401);
  }

  @Test
  void whereOnlyDpopIsReadABearerTokenIsNoCredential() throws IOException {
    gateway.taking(
        () ->
            gateway.write(
                "gateway.yaml",
                world
                    .file("gateway.yaml")
                    .replace("audiences: [tests]", "audiences: [tests]\n    dpop: required")
                    .replace("[dpop, bearer]", "[dpop]")));
    RawClient.Answer answer = gateway.call("GET", OWN, DocumentsWorld.bearer(token));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(challenges(answer)).containsExactly(DPOP);
    assertThat(gateway.call("GET", PUBLIC, DocumentsWorld.bearer(token)).status()).isEqualTo(200);
  }
}

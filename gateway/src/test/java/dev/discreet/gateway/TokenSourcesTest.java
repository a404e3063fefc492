package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in headers of their own and in cookies (CONFIGURATION.md, tokenFrom, Cookies). */
class TokenSourcesTest {
  private static final String PUBLIC = "/accounts/a1/login-options";

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @SuppressWarnings("NullAway.Init")
  private String other;

  @BeforeEach
  void start() throws IOException {
    world =
        new DocumentsWorld(
            """
            tokenFrom: [bearer, {header: X-Api-Token}, {cookie: session}]
            trustedProxies: [127.0.0.1]
            """,
            "");
    Map<String, Object> claims =
        Map.of("account", "a1", "scope", "documents:read documents:write documents:list");
    token = world.issuer().token("alice", claims);
    other = world.issuer().token("bob", claims);
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private int status(String method, String target, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    if (method.equals("PUT")) {
      all.add("content-length: 0");
    }
    return world.gateway().call(method, target, all.toArray(String[]::new)).status();
  }

  private CountingApi.Seen seen() {
    return world.api().seen().getLast();
  }

  @Test
  void aHeaderOfItsOwnHoldsTheTokenAndNothingElse() throws IOException {
    assertThat(status("GET", OWN, "x-api-token: " + token)).isEqualTo(200);
    assertThat(seen().values("x-api-token")).containsExactly(token);
    assertThat(status("GET", OWN, "x-api-token: Bearer " + token)).isEqualTo(401);
    assertThat(status("GET", PUBLIC, "x-api-token: nonsense")).isEqualTo(401);
    assertThat(status("GET", OWN, "x-api-token: " + token, "x-api-token: " + token)).isEqualTo(400);
  }

  @Test
  void connectionCantTakeTheTokenAwayNorATwinStandForIt() throws IOException {
    assertThat(
            status(
                "GET", OWN, "x-api-token: " + token, "connection: x-api-token", "x_api_token: t"))
        .isEqualTo(200);
    assertThat(seen().values("x-api-token")).containsExactly(token);
    assertThat(seen().values("x_api_token")).isEmpty();
  }

  @Test
  void theFirstSourceCountsAndNoOtherTokenIsForwarded() throws IOException {
    assertThat(
            status(
                "GET",
                OWN,
                "authorization: Bearer " + token,
                "x-api-token: " + other,
                "cookie: a=1; session=" + other + "; b=2"))
        .isEqualTo(200);
    assertThat(seen().values("authorization")).containsExactly("Bearer " + token);
    assertThat(seen().values("x-api-token")).isEmpty();
    assertThat(seen().values("cookie")).containsExactly("a=1; b=2");
    assertThat(world.gateway().logged("\"subject\":\"alice\"")).contains("\"status\":200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|sec-fetch-site: same-origin|200",
        "GET|sec-fetch-site: none|200",
        "PUT|sec-fetch-site: same-origin|200",
        "GET|sec-fetch-site: same-site|401",
        "GET|sec-fetch-site: cross-site|401",
        "PUT|sec-fetch-site: cross-site|401",
        "GET|sec-fetch-site: cross-site~sec-fetch-mode: navigate|200",
        "HEAD|sec-fetch-site: cross-site~sec-fetch-mode: navigate|200",
        "PUT|sec-fetch-site: cross-site~sec-fetch-mode: navigate|401",
        "PUT|sec-fetch-site: cross-site~origin: http://api.test|401",
        "GET|sec-fetch-site: cross-site~sec-fetch-site: same-origin|401",
        "GET|x: none|200",
        "HEAD|x: none|200",
        "GET|connection: upgrade~upgrade: websocket|401",
        "GET|connection: upgrade~upgrade: websocket~origin: http://api.test|200",
        "PUT|x: none|401",
        "PUT|origin: null|401",
        "PUT|origin: https://evil.test|401",
        "PUT|origin: https://api.test|401",
        "PUT|origin: http://api.test:8080|401",
        "PUT|origin: http://api.test|200",
        "PUT|x-forwarded-proto: https~origin: https://api.test|200",
        "PUT|x-forwarded-host: www.test:80~origin: http://www.test|200"
      })
  void aCookieCountsOnlyWhereNoOtherSiteCanHaveSentIt(String method, String fields, int expected)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(fields.split("~", -1)));
    all.add("cookie: session=" + token);
    assertThat(status(method, OWN, all.toArray(String[]::new))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "\"\""})
  void aCookieThatIsNotValidIsAsIfItWereAbsent(String value) throws IOException {
    assertThat(status("GET", OWN, "cookie: session=" + value)).isEqualTo(401);
    assertThat(status("GET", PUBLIC, "cookie: session=" + value + "; a=1")).isEqualTo(200);
    assertThat(seen().values("cookie")).containsExactly("a=1");
    assertThat(world.gateway().logged("\"row\":\"3\"")).contains("\"status\":401");
  }

  @Test
  void ofTwoCookiesNoneCounts() throws IOException {
    assertThat(status("GET", OWN, "cookie: session=" + token + "; session=" + other))
        .isEqualTo(401);
    assertThat(status("GET", OWN, "cookie: session=\"" + token + "\"; session=" + token))
        .isEqualTo(200);
  }
}

package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.MISSING;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may read ({@code cors}, SPEC §3). */
@Timeout(60)
class CorsTest {
  private static final String APP = "Origin: https://app.example.com";
  private static final String OTHER = "Origin: https://evil.example.com";
  private static final String ASKS = "Access-Control-Request-Method: DELETE";
  private static final String CREDENTIALS =
      """
      cors: {origins: ["https://app.example.com"], credentials: true}
      tokenFrom: [bearer, {cookie: session}]
      """;

  private final DocumentsWorld world;

  CorsTest() throws IOException {
    world = world("cors: {origins: ['https://app.example.com', 'https://b.example.com:8443']}");
  }

  private static DocumentsWorld world(String extra) throws IOException {
    return new DocumentsWorld(extra, "probe: {cache: {present: 0s, absent: 0s}}");
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private Answer call(String method, String path, String... fields) throws IOException {
    return world.gateway().call(method, path, fields);
  }

  @Test
  void aPreflightOfAListedOriginIsToldWhatItMaySend() throws IOException {
    Answer answer = call("OPTIONS", OWN, APP, ASKS);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.value("content-length")).isEmpty();
    assertThat(answer.value("content-type")).isEmpty();
    assertThat(answer.value("access-control-allow-origin")).isEqualTo("https://app.example.com");
    assertThat(answer.value("access-control-allow-methods"))
        .isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE");
    assertThat(answer.value("access-control-allow-headers"))
        .isEqualTo("authorization, content-type, dpop");
    assertThat(answer.value("access-control-max-age")).isEqualTo("600");
    assertThat(answer.value("access-control-allow-credentials")).isEmpty();
    assertThat(answer.value("access-control-expose-headers")).isEmpty();
    assertThat(answer.value("vary")).isEqualTo("origin");
    assertThat(answer.value("cache-control")).isEqualTo("no-store");
    assertThat(world.api().seen()).isEmpty();
  }

  /** Whoever asks, with whatever credential, of what is there and what is not. */
  @ParameterizedTest
  @ValueSource(strings = {APP, OTHER})
  void aPreflightIsAnsweredTheSameForEveryPath(String origin) throws IOException {
    String shape = call("OPTIONS", OWN, origin, ASKS).shape();
    for (String path : List.of(HIDDEN, MISSING, "/nothing", "/accounts/b9/documents")) {
      assertThat(call("OPTIONS", path, origin, ASKS).shape()).isEqualTo(shape);
      assertThat(call("OPTIONS", path, origin, ASKS, "Authorization: Bearer x.y.z").shape())
          .isEqualTo(shape);
    }
  }

  @Test
  void anotherOriginIsToldNothing() throws IOException {
    Answer answer = call("OPTIONS", OWN, OTHER, ASKS);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.head()).doesNotContainIgnoringCase("access-control");
    assertThat(call("GET", "/nothing", OTHER).head()).doesNotContainIgnoringCase("access-control");
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, Access-Control-Request-Method: PUT, X-None: 1",
    "OPTIONS, X-None: 1, Origin: https://app.example.com",
    "GET, Access-Control-Request-Method: PUT, Origin: https://app.example.com"
  })
  void whatIsNoPreflightIsDecidedAsEver(String method, String one, String other)
      throws IOException {
    assertThat(call(method, OWN, one, other).status()).isEqualTo(401);
  }

  @Test
  void stepZeroComesBeforeAPreflight() throws IOException {
    assertThat(call("OPTIONS", "/a//b", APP, ASKS).status()).isEqualTo(400);
    assertThat(call("OPTIONS", "/a", APP, ASKS, "Expect: tea").status()).isEqualTo(417);
  }

  @Test
  void whatTheGatewayAnswersMayBeReadByAListedOrigin() throws IOException {
    String member = world.member("documents:list documents:read");
    for (Answer answer :
        List.of(
            call("GET", OWN, APP),
            call("GET", "/nothing", APP, member),
            call("DELETE", OWN, APP, member),
            call("GET", "/a//b", APP),
            call("GET", "/accounts/b9/documents", APP, member))) {
      assertThat(answer.value("access-control-allow-origin")).isEqualTo("https://app.example.com");
      assertThat(answer.value("access-control-expose-headers"))
          .isEqualTo("www-authenticate, x-request-id, retry-after");
      assertThat(answer.value("vary")).isEqualTo("origin");
    }
    assertThat(call("GET", OWN).value("vary")).isEqualTo("origin");
  }

  @Test
  void hiddenIsMissingOverBothProtocols() throws IOException {
    String member = world.member("documents:list documents:read");
    for (String origin : List.of(APP, OTHER)) {
      assertThat(call("GET", HIDDEN, origin, member).shape())
          .isEqualTo(call("GET", "/accounts/b9/documents/9", origin, member).shape());
    }
    try (RawHttp2 client = new RawHttp2(world.gateway().address())) {
      String[] fields = {
        "authorization", member.substring(15), "origin", "https://app.example.com"
      };
      client.send(1, RawHttp2.request("GET", HIDDEN, fields)).await(1);
      client.send(3, RawHttp2.request("GET", "/accounts/b9/documents/9", fields)).await(3);
      assertThat(client.stream(1).shape()).isEqualTo(client.stream(3).shape());
      assertThat(client.stream(1).value("access-control-allow-origin")).isNotEmpty();
    }
  }

  /** Its own word on CORS is dropped, whoever asks; what else it varies by stays. */
  @Test
  void whatTheUpstreamAnswersSaysTheGatewaysWord() throws IOException {
    String said =
        """
        HTTP/1.1 200 OK
        Content-Length: 2
        Vary: Accept
        Access-Control-Allow-Origin: *
        Access-Control-Allow-Credentials: true
        Access-Control-Expose-Headers: X-Secret

        ok"""
            .replace("\n", "\r\n");
    world.api().answering(seen -> said);
    String member = world.member("documents:list documents:read");
    Answer listed = call("GET", OWN, APP, member);
    assertThat(listed.body()).isEqualTo("ok");
    assertThat(listed.head())
        .containsOnlyOnce("ccess-control-allow-origin: https://app.example.com")
        .contains("Vary: Accept", "vary: origin")
        .doesNotContainIgnoringCase("x-secret")
        .doesNotContainIgnoringCase("allow-credentials");
    assertThat(call("GET", OWN, OTHER, member).head())
        .doesNotContainIgnoringCase("access-control")
        .contains("vary: origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {APP, OTHER, "X-None: 1"})
  void nothingOfTheUpstreamsIsLeftInInterimAnswersAndTrailers(String origin) throws IOException {
    String other = "Access-Control-Allow-Origin: https://evil.example.com\r\n";
    String early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n" + other + "\r\n";
    String chunked = "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n";
    world.api().answering(seen -> early + "HTTP/1.1 200 OK\r\n" + chunked + other + "\r\n");
    String member = world.member("documents:list documents:read");
    try (RawClient client = new RawClient(world.gateway().address())) {
      client.send(TestGateway.request("GET", OWN, origin, member, "Connection: close"));
      assertThat(client.readToEnd())
          .contains("103", "Link: </a>", "X-Sum: 1")
          .doesNotContain("evil.example.com");
    }
  }

  @Test
  void everyOriginMayWithoutCredentials() throws IOException {
    try (DocumentsWorld open = world("cors: {origins: ['*'], exposeHeaders: [], maxAge: 0s}")) {
      Answer answer = open.gateway().call("GET", OWN, OTHER);
      assertThat(answer.value("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.head()).doesNotContain("expose");
      assertThat(open.gateway().call("OPTIONS", OWN, OTHER, ASKS).value("access-control-max-age"))
          .isEqualTo("0");
    }
  }

  /** A cookie counts where its origin is allowed with credentials, and nowhere else beyond. */
  @ParameterizedTest
  @CsvSource({
    "DELETE, https://app.example.com, cross-site, 403",
    "DELETE, https://app.example.com, , 403",
    "GET, https://app.example.com, same-site, 200",
    "DELETE, https://evil.example.com, cross-site, 401",
    "DELETE, https://evil.example.com, , 401",
    "GET, null, cross-site, 401"
  })
  void aCookieCountsOfAnAllowedOrigin(String method, String origin, String site, int status)
      throws IOException {
    try (DocumentsWorld cookies = world(CREDENTIALS)) {
      String token = cookies.member("documents:list documents:read").substring(22);
      Answer answer =
          cookies
              .gateway()
              .call(
                  method,
                  OWN,
                  "Origin: " + origin,
                  site == null ? "X-None: 1" : "Sec-Fetch-Site: " + site,
                  "Cookie: session=" + token);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.value("access-control-allow-credentials"))
          .isEqualTo(origin.contains("app") ? "true" : "");
    }
  }

  /** On a route that observes CORS is the upstream's, preflights and all. */
  @Test
  void whereARouteObservesTheUpstreamAnswers() throws IOException {
    try (DocumentsWorld observing =
        world("mode: observe\ncors: {origins: ['https://app.example.com']}")) {
      observing
          .api()
          .answering(
              seen ->
                  "HTTP/1.1 204 OK\r\nAccess-Control-Allow-Origin: https://up.example.com\r\n\r\n");
      Answer preflight = observing.gateway().call("OPTIONS", OWN, APP, ASKS);
      assertThat(preflight.value("access-control-allow-origin"))
          .isEqualTo("https://up.example.com");
      assertThat(preflight.value("vary")).isEmpty();
      assertThat(observing.gateway().call("OPTIONS", "/nothing", APP, ASKS).status())
          .isEqualTo(204);
      assertThat(observing.api().seen()).hasSize(1);
    }
  }

  @Test
  void aPreflightIsLoggedAsRow13() throws Exception {
    LogLine line = LogLine.of(world.gateway(), call("OPTIONS", OWN, APP, ASKS));
    assertThat(line.get("row")).isEqualTo("13");
    assertThat(line.get("decision")).isEqualTo("local");
    assertThat(line.get("route")).isEmpty();
    assertThat(world.gateway().metrics())
        .contains("decision=\"local\",method=\"OPTIONS\",route=\"none\",status=\"204\"");
  }

  @Test
  void theConnectionLivesOnAfterAPreflight() throws IOException {
    try (RawClient client = new RawClient(world.gateway().address())) {
      String head = "OPTIONS /x HTTP/1.1\r\nHost: a\r\n" + APP + "\r\n" + ASKS + "\r\n\r\n";
      // Of a 204 the client reads no body, so that the next answer stands behind its head.
      client.send(head + "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(RawClient.statuses(client.readToEnd())).containsExactly(204, 401);
    }
  }
}

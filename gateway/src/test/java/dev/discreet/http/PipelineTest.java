package dev.discreet.http;

import static dev.discreet.http.EmbeddedWorld.HIDDEN;
import static dev.discreet.http.EmbeddedWorld.LIST;
import static dev.discreet.http.EmbeddedWorld.MISSING;
import static dev.discreet.http.EmbeddedWorld.OWN;
import static dev.discreet.http.EmbeddedWorld.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows of SPEC §2 that need no probe, through the real handler list: what is answered, octet by
 * octet, which row the log names, and what the upstream was asked.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {
  private final EmbeddedWorld world;
  private final RowCheck rows;
  private String viewer = "";

  PipelineTest() throws IOException {
    world = new EmbeddedWorld("");
    rows = new RowCheck(world);
  }

  @BeforeAll
  void tokens() {
    viewer = world.member("documents:list documents:read");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.api().forget();
  }

  @ParameterizedTest
  @ValueSource(strings = {OWN, HIDDEN, MISSING, PUBLIC, "/nowhere", "/notices/open"})
  void row1BadCredentialIs401ForEveryPath(String target) {
    StrictAnswer answer = rows.ask("1", "GET", target, "Authorization: Bearer garbage");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.value("www-authenticate"))
        .isEqualTo(
            "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"malformed\"");
    rows.theUpstreamWasNotAsked();
  }

  @ParameterizedTest
  @ValueSource(strings = {OWN, HIDDEN, PUBLIC, "/nowhere"})
  void row1bWithoutKeysIs503ForEveryPathAndKeepsTheConnection(String target) {
    try (EmbeddedClient client = world.connect()) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + world.keyless() + "\r\n\r\n");
      StrictAnswer answer = client.answer("GET");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.value("retry-after")).matches("[1-9][0-9]*");
      assertThat(world.line(answer)).contains("\"row\":\"1b\"", "\"issuer\":");
      assertThat(client.open()).isTrue();
    }
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row2PublicIsForwarded() {
    StrictAnswer answer = rows.ask("2", "GET", PUBLIC);
    assertThat(answer.value("x-upstream")).isEqualTo("found");
    assertThat(answer.body()).contains(PUBLIC);
    assertThat(rows.ask("2", "HEAD", PUBLIC).value("x-upstream")).isEqualTo("found");
    rows.theUpstreamSaw("GET " + PUBLIC, "HEAD " + PUBLIC);
  }

  @Test
  void row2GrantedToAnyoneIsForwarded() {
    assertThat(rows.ask("2", "GET", "/notices/open").value("x-upstream")).isEqualTo("missing");
    rows.theUpstreamSaw("GET /notices/open");
  }

  @Test
  void row3AnonymousIsTheSame401ForEveryPathAndMethodAndTheUpstreamIsNotAsked() {
    Set<String> shapes = new LinkedHashSet<>();
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "POST", "get")) {
      for (String target : List.of(OWN, MISSING, HIDDEN, LIST, "/nowhere", OWN + "/", "/me")) {
        shapes.add(rows.ask("3", method, target).shape());
      }
    }
    shapes.add(rows.ask("3", "PUT", PUBLIC).shape());
    shapes.add(rows.ask("3", "GET", OWN, "Authorization: Basic YTpi").shape());
    assertThat(shapes)
        .containsExactly(
            RowCheck.CANONICAL
                .replace("404 Not Found", "401 Unauthorized")
                .replace("content-length: 55", "content-length: 58")
                .replace(
                    "same-origin\r\n", "same-origin\r\nwww-authenticate: Bearer realm=\"api\"\r\n")
                .replace("\"Not Found\",\"status\":404", "\"Unauthorized\",\"status\":401"));
    rows.theUpstreamWasNotAsked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", OWN + "/", "/", "/accounts", OWN + "/child", "/ME"})
  void row4NoRouteIsCanonicalAndTheUpstreamIsNotAsked(String target) {
    RowCheck.isCanonical(rows.ask("4", "GET", target, viewer));
    RowCheck.isCanonical(rows.ask("4", "DELETE", target, viewer));
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row5PermittedIsForwardedAndItsAnswerPassesThrough() {
    StrictAnswer found = rows.ask("5", "GET", OWN + "?a=%2e&b", viewer);
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.value("etag")).isEqualTo("\"1\"");
    StrictAnswer missing = rows.ask("5", "GET", MISSING, viewer);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("{\"error\":\"no such thing\"}");
    rows.theUpstreamSaw("GET " + OWN + "?a=%2e&b", "GET " + MISSING);
  }

  @Test
  void row5PermittedByTokenGroupSubjectOrAuthentication() {
    String staff = world.bearer("sam", Map.of("groups", List.of("staff")));
    String carol = world.bearer("carol", Map.of());
    assertThat(rows.ask("5", "GET", HIDDEN, staff).status()).isEqualTo(200);
    assertThat(rows.ask("5", "DELETE", OWN, carol).status()).isEqualTo(200);
    assertThat(rows.ask("5", "GET", "/me", carol).value("x-upstream")).isEqualTo("missing");
    rows.theUpstreamSaw("GET " + HIDDEN, "DELETE " + OWN, "GET /me");
  }

  @Test
  void row5ABodyIsForwarded() {
    String writer = world.member("documents:write");
    try (EmbeddedClient client = world.connect()) {
      client.send("PUT " + OWN + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" + writer);
      client.send("\r\n\r\nhel").send("lo");
      assertThat(client.answer("PUT").status()).isEqualTo(200);
      assertThat(client.open()).isTrue();
    }
    assertThat(world.api().seen().getFirst().body()).isEqualTo("hello");
  }

  @Test
  void row5AnUpstreamThatFailsIs502Or503() {
    world.api().down(true);
    assertThat(rows.ask("5", "GET", OWN, viewer).status()).isEqualTo(502);
    assertThat(rows.ask("2", "GET", "/nameless").status()).isEqualTo(503);
    world.api().down(false);
    world.api().answering(request -> "HTTP/1.1 200 OK\r\ncontent-length: 1, 2\r\n\r\na");
    assertThat(rows.ask("5", "GET", OWN, viewer).status()).isEqualTo(502);
  }

  @ParameterizedTest
  @CsvSource({
    "/transfers/1,'acr_values=\"gold silver\", max_age=\"300\"',acr is none that the route asks for",
    "/transfers/none,'acr_values=\"gold silver\", max_age=\"300\"',acr is none that the route asks for",
    "/transfers,'acr_values=\"gold\"',acr is none that the route asks for",
    "/ledger,'max_age=\"3600\"','auth_time is missing, too old or in the future'",
  })
  void row5bWeakAuthenticationIs401AndTheUpstreamIsNotAsked(
      String target, String asked, String reason) {
    String weak = world.bearer("sam", Map.of("groups", List.of("payers")));
    StrictAnswer answer = world.ask("GET", target, weak);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.value("www-authenticate"))
        .isEqualTo("Bearer realm=\"api\", error=\"insufficient_user_authentication\", " + asked);
    assertThat(world.line(answer))
        .contains("\"row\":\"5b\"", "\"decision\":\"unauthenticated\"")
        .contains("\"reason\":\"" + reason + "\"")
        .contains("\"subject\":\"sam\"");
    assertThat(rows.ask("5b", "HEAD", target, weak).shape())
        .isEqualTo(answer.shape().substring(0, answer.shape().indexOf("\r\n\r\n") + 4));
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row5StrongAndFreshAuthenticationIsForwarded() {
    String strong =
        world.bearer(
            "sam",
            Map.of(
                "groups", List.of("payers"),
                "acr", "silver",
                "auth_time", Instant.now().minusSeconds(200).getEpochSecond()));
    rows.ask("5", "GET", "/transfers/1", strong);
    rows.ask("5", "GET", "/ledger", strong);
    rows.theUpstreamSaw("GET /transfers/1", "GET /ledger");
  }

  @Test
  void row7And11WhoIsWeaklyAuthenticatedMayNotKnow() {
    String weak = world.bearer("sam", Map.of("groups", List.of("payers")));
    for (String target : List.of("/transfers/1", "/transfers/none")) {
      RowCheck.isCanonical(rows.ask("7", "POST", target, weak));
      RowCheck.isCanonical(rows.ask("11", "DELETE", target, weak));
    }
    rows.theUpstreamWasNotAsked();
  }

  @ParameterizedTest
  @CsvSource({"/accounts/b9/documents,[]", "/accounts/none/documents,[]", "/items,{\"items\":[]}"})
  void row6HiddenCollectionIsTheEmptyListAndTheUpstreamIsNotAsked(String target, String body) {
    StrictAnswer answer = rows.ask("6", "GET", target, viewer);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.value("content-type")).isEqualTo("application/json");
    StrictAnswer head = rows.ask("6", "HEAD", target, viewer);
    assertThat(head.shape() + body).isEqualTo(answer.shape());
    rows.theUpstreamWasNotAsked();
  }

  @ParameterizedTest
  @CsvSource({
    "GET," + HIDDEN,
    "GET,/accounts/b9/documents/none",
    "PUT," + HIDDEN,
    "DELETE," + HIDDEN,
    "DELETE,/accounts/b9/documents/none",
    "POST,/accounts/b9/documents",
    "GET,/notices/7",
  })
  void row7HiddenIsCanonicalAndTheUpstreamIsNotAsked(String method, String target) {
    RowCheck.isCanonical(rows.ask("7", method, target, viewer));
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row7HeadHasTheHeadOfGetAlone() {
    assertThat(rows.ask("7", "HEAD", HIDDEN, viewer).shape())
        .isEqualTo(RowCheck.CANONICAL.substring(0, RowCheck.CANONICAL.indexOf("\r\n\r\n") + 4));
    rows.theUpstreamWasNotAsked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "OPTIONS", "PROPFIND", "delete", "get"})
  void row11MethodOfAHiddenResourceIsCanonicalAndTheUpstreamIsNotAsked(String method) {
    RowCheck.isCanonical(rows.ask("11", method, HIDDEN, viewer));
    RowCheck.isCanonical(rows.ask("11", method, "/accounts/b9/documents/none", viewer));
    RowCheck.isCanonical(rows.ask("11", method, "/accounts/b9/documents", viewer));
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row13WithoutCorsAPreflightIsAnOrdinaryOptions() {
    String[] preflight = {"Origin: https://app.test", "Access-Control-Request-Method: DELETE"};
    assertThat(rows.ask("3", "OPTIONS", OWN, preflight).status()).isEqualTo(401);
    RowCheck.isCanonical(rows.ask("11", "OPTIONS", HIDDEN, viewer, preflight[0], preflight[1]));
    rows.theUpstreamWasNotAsked();
  }
}

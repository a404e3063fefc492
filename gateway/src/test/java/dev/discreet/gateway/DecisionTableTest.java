package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.MISSING;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
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

/** Every row of SPEC §2 over sockets, with what reached the upstream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionTableTest {
  private static final String LIST = "/accounts/a1/documents";
  private static final String CANONICAL =
      "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}";

  private final DocumentsWorld world;

  DecisionTableTest() throws IOException {
    world = new DocumentsWorld();
  }

  private String viewer = "";
  private String lister = "";

  @BeforeAll
  void tokens() {
    viewer = world.member("documents:list documents:read");
    lister = world.member("documents:list");
  }

  @AfterAll
  void stop() throws IOException {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.api().forget();
  }

  private Answer call(String method, String target, String... fields) throws IOException {
    return world.gateway().call(method, target, fields);
  }

  private void nothingReachedTheUpstream() {
    assertThat(world.api().heads()).isZero();
  }

  @Test
  void row0RefusesAndClosesWhoeverCalls() throws IOException {
    Set<String> shapes = new LinkedHashSet<>();
    for (String target : List.of(OWN, HIDDEN, "/nowhere", "*")) {
      shapes.add(call("TRACE", target).shape());
      shapes.add(call("TRACE", target, viewer).shape());
    }
    assertThat(shapes).hasSize(1);
    assertThat(shapes.iterator().next()).startsWith("HTTP/1.1 405 ").contains("\r\nallow: \r\n");
    assertThat(call("GET", OWN + "/../42", viewer).status()).isEqualTo(400);
    nothingReachedTheUpstream();
  }

  @Test
  void row1IsTheSameForEveryPath() throws IOException {
    Set<String> shapes = new LinkedHashSet<>();
    for (String target : List.of(OWN, HIDDEN, "/nowhere", "/accounts/a1/login-options")) {
      shapes.add(call("GET", target, "Authorization: Bearer garbage").shape());
      shapes.add(call("DELETE", target, "Authorization: Bearer garbage").shape());
    }
    assertThat(shapes).hasSize(1);
    assertThat(shapes.iterator().next())
        .startsWith("HTTP/1.1 401 ")
        .contains(
            "www-authenticate: Bearer realm=\"api\", error=\"invalid_token\","
                + " error_description=\"malformed\"");
    nothingReachedTheUpstream();
  }

  @Test
  void row2ForwardsWhatIsPublic() throws IOException {
    assertThat(call("GET", "/accounts/a1/login-options").status()).isEqualTo(200);
    assertThat(world.api().heads()).isEqualTo(1);
  }

  @Test
  void row3IsTheSameForEveryPathAndMethod() throws IOException {
    Set<String> shapes = new LinkedHashSet<>();
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "POST")) {
      for (String target : List.of(OWN, MISSING, HIDDEN, LIST, "/nowhere", OWN + "/")) {
        shapes.add(call(method, target).shape());
      }
    }
    assertThat(shapes).hasSize(1);
    assertThat(shapes.iterator().next())
        .startsWith("HTTP/1.1 401 ")
        .contains("www-authenticate: Bearer realm=\"api\"\r\n");
    nothingReachedTheUpstream();
  }

  @Test
  void row5bIsTheSameWhateverExists() throws IOException {
    String weak = world.member("transfers:read");
    Set<String> shapes = new LinkedHashSet<>();
    shapes.add(call("GET", "/accounts/a1/transfers/1", weak).shape());
    shapes.add(call("GET", "/accounts/a1/transfers/none", weak).shape());
    assertThat(shapes).hasSize(1);
    assertThat(shapes.iterator().next())
        .startsWith("HTTP/1.1 401 ")
        .contains(
            "www-authenticate: Bearer realm=\"api\", error=\"insufficient_user_authentication\","
                + " acr_values=\"gold silver\", max_age=\"300\"\r\n");
    nothingReachedTheUpstream();
    Map<String, Object> strong =
        Map.of(
            "account", "a1",
            "scope", "transfers:read",
            "acr", "silver",
            "auth_time", Instant.now().getEpochSecond());
    String token = DocumentsWorld.bearer(world.issuer().token("alice", strong));
    assertThat(call("GET", "/accounts/a1/transfers/1", token).value("x-upstream")).isEqualTo("yes");
    assertCanonical(call("POST", "/accounts/a1/transfers/1", weak));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", OWN + "/", "/", "/accounts", "/accounts/a1"})
  void row4IsCanonical(String target) throws IOException {
    assertCanonical(call("GET", target, viewer));
    nothingReachedTheUpstream();
  }

  @Test
  void row5ForwardsByTokenGroupAndResource() throws IOException {
    assertThat(call("GET", OWN, viewer).value("X-Upstream")).isEqualTo("yes");
    String staff =
        DocumentsWorld.bearer(world.issuer().token("sam", Map.of("groups", List.of("staff"))));
    assertThat(call("GET", HIDDEN, staff).status()).isEqualTo(200);
    String carol = DocumentsWorld.bearer(world.issuer().token("carol", Map.of()));
    assertThat(call("DELETE", OWN, carol).status()).isEqualTo(200);
    assertThat(call("GET", MISSING, viewer).body()).contains("the upstream knows no such thing");
    assertThat(call("HEAD", OWN, viewer).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/accounts/b9/documents", "/accounts/none/documents"})
  void row6IsAnEmptyListWhetherThereIsAnAccountOrNot(String target) throws IOException {
    Answer get = call("GET", target, viewer);
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.body()).isEqualTo("[]");
    assertThat(get.value("content-type")).isEqualTo("application/json");
    assertThat(call("HEAD", target, viewer).value("content-length")).isEqualTo("2");
    nothingReachedTheUpstream();
  }

  @ParameterizedTest
  @CsvSource({
    "GET," + HIDDEN,
    "GET,/accounts/b9/documents/none",
    "PUT," + HIDDEN,
    "DELETE," + HIDDEN,
    "POST,/accounts/b9/documents",
    "HEAD," + HIDDEN,
  })
  void row7IsCanonicalAndAsksNobody(String method, String target) throws IOException {
    Answer answer = call(method, target, viewer);
    if (method.equals("HEAD")) {
      assertThat(answer.shape() + CANONICAL).isEqualTo(call("GET", "/nowhere", viewer).shape());
    } else {
      assertCanonical(answer);
    }
    nothingReachedTheUpstream();
  }

  @Test
  void row8SaysWhatIsMissingAfterOneProbe() throws IOException {
    Answer answer = call("DELETE", OWN, lister);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                + "\"detail\":\"You lack the permission documents:delete on this resource.\","
                + "\"resource\":\"/accounts/a1/documents/42\","
                + "\"missingPermissions\":[\"documents:delete\"],"
                + "\"requestAccess\":{\"contact\":\"docs-admins@example.com\"}}");
    assertThat(answer.value("www-authenticate"))
        .isEqualTo(
            "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"documents:delete\"");
    assertThat(world.api().seen())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.method()).isEqualTo("HEAD");
              assertThat(probe.target()).isEqualTo(OWN);
              assertThat(probe.values("authorization")).isEmpty();
            });
  }

  @Test
  void row8OfACollectionAsksNobody() throws IOException {
    assertThat(call("POST", LIST, lister).status()).isEqualTo(403);
    nothingReachedTheUpstream();
  }

  @Test
  void row9IsCanonical() throws IOException {
    assertCanonical(call("DELETE", MISSING, lister));
    assertThat(world.api().heads()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "OPTIONS", "PROPFIND", "delete", "get"})
  void row11IsCanonicalAndAsksNobody(String method) throws IOException {
    assertCanonical(call(method, HIDDEN, viewer));
    nothingReachedTheUpstream();
  }

  @Test
  void row12NamesTheMethodsOfWhatExists() throws IOException {
    Answer answer = call("PATCH", OWN, lister);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.value("allow")).isEqualTo("GET, HEAD, PUT, DELETE");
    assertCanonical(call("PATCH", MISSING, lister));
    assertThat(world.api().heads()).isEqualTo(2);
    assertThat(call("DELETE", LIST, lister).value("allow")).isEqualTo("GET, HEAD, POST");
    assertThat(world.api().heads()).isEqualTo(2);
  }

  private void assertCanonical(Answer answer) throws IOException {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo(CANONICAL);
    assertThat(answer.shape()).isEqualTo(call("GET", "/nowhere", viewer).shape());
  }
}

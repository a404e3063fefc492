package dev.discreet.http;

import static dev.discreet.http.EmbeddedWorld.HIDDEN;
import static dev.discreet.http.EmbeddedWorld.LIST;
import static dev.discreet.http.EmbeddedWorld.OWN;
import static dev.discreet.http.EmbeddedWorld.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Step 2 of SPEC §2, through the real handler list: who is charged, and who is answered 429. Each
 * test has a caller and an address of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnumerationGuardTest {
  private static final int LIMIT = 6;
  private static final String GUARD =
      "guard: {refusals: 6/h, block: 1h}\ntrustedProxies: [127.0.0.1]";
  private static final String LIMITED =
      """
      HTTP/1.1 429 Too Many Requests\r
      content-type: application/problem+json\r
      content-length: 63\r
      cache-control: no-store\r
      x-content-type-options: nosniff\r
      cross-origin-resource-policy: same-origin\r
      retry-after: *\r
      x-request-id: *\r
      date: *\r
      \r
      {"type":"about:blank","title":"Too Many Requests","status":429}""";
  private static final String MISSING = "/accounts/b9/documents/404";

  private final EmbeddedWorld world;
  private int test;
  private String name = "";
  private String address = "";
  private String walker = "";
  private String viewer = "";

  EnumerationGuardTest() throws IOException {
    world = new EmbeddedWorld(GUARD);
  }

  @BeforeEach
  void begin() {
    test++;
    name = "alice" + test;
    address = "192.0.2." + test;
    walker = "X-Forwarded-For: " + address;
    viewer = member("documents:read");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private String member(String permissions) {
    return world.bearer(name, Map.of("account", "a1", "scope", permissions));
  }

  private String forged() {
    return viewer.substring(0, viewer.lastIndexOf('.') + 1) + "AAAA";
  }

  private List<Integer> statuses(int times, String target, String... fields) {
    return IntStream.range(0, times)
        .mapToObj(i -> world.ask("GET", target, fields).status())
        .toList();
  }

  private void refused(int times, int status, String target, String... fields) {
    assertThat(statuses(times, target, fields)).hasSize(times).containsOnly(status);
  }

  private static String shape(StrictAnswer answer) {
    assertThat(Integer.parseInt(answer.value("retry-after"))).isBetween(3500, 3600);
    return answer.shape().replaceFirst("retry-after: [0-9]+", "retry-after: *");
  }

  private String expired(String subject) {
    Instant before = Instant.now().minusSeconds(600);
    return world.bearer(subject, Map.of("account", "a1", "exp", Date.from(before)));
  }

  @Test
  void whoWalksIdsIsStoppedAfterTheConfiguredNumberOfRefusals() {
    for (int i = 0; i < LIMIT; i++) {
      assertThat(world.ask("GET", OWN, viewer).status()).isEqualTo(200);
      RowCheck.isCanonical(world.ask("GET", i % 2 == 0 ? HIDDEN : MISSING, viewer));
    }
    for (String target : List.of(HIDDEN, MISSING, OWN, LIST, PUBLIC, "/nowhere", "/me")) {
      assertThat(shape(world.ask("GET", target, viewer))).as(target).isEqualTo(LIMITED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HIDDEN, MISSING, "/nowhere"})
  void theBudgetIsTheSameWhateverItIsSpentOn(String target) {
    refused(LIMIT, 404, target, viewer);
    refused(1, 429, target, viewer);
  }

  @Test
  void theOperatorSeesWhoIsBlockedAndUntilWhen() {
    refused(LIMIT, 404, HIDDEN, viewer);
    StrictAnswer answer = world.ask("GET", OWN, viewer);
    assertThat(world.line(answer))
        .contains("\"status\":429,\"decision\":\"limited\"", "\"subject\":\"" + name + '"')
        .containsPattern(
            "\"reason\":\"the subject " + name + " of main is blocked until 2[0-9-]+T[0-9:]+Z\"")
        .doesNotContain("\"row\"", "\"route\"");
    assertThat(world.metrics())
        .contains(
            "discreet_requests_total{decision=\"limited\",method=\"GET\",route=\"none\",status=\"429\"} 1.0");
  }

  @Test
  void callersOfOneAddressAreKeptApart() {
    String mallory = world.bearer("mallory", Map.of("account", "b1"));
    refused(LIMIT, 404, HIDDEN, mallory, walker);
    refused(1, 429, HIDDEN, mallory, "X-Forwarded-For: 203.0.113.1");
    refused(1, 200, OWN, viewer, walker);
    refused(1, 401, OWN, walker);
  }

  @Test
  void ofWhoIsNotKnownTheAddressIsChargedAndOnlyItsChallengesAreReplaced() {
    refused(LIMIT, 401, OWN, walker);
    for (String target : List.of(OWN, HIDDEN, MISSING, "/nowhere")) {
      assertThat(shape(world.ask("GET", target, walker))).isEqualTo(LIMITED);
      assertThat(shape(world.ask("GET", target, walker, "Authorization: Bearer forged")))
          .isEqualTo(LIMITED);
    }
    refused(1, 200, PUBLIC, walker);
    refused(1, 200, OWN, viewer, walker);
    refused(1, 404, HIDDEN, viewer, walker);
    refused(1, 401, OWN, expired(name), walker);
    refused(1, 503, OWN, world.keyless(), walker);
    refused(1, 401, OWN, "X-Forwarded-For: 203.0.113.1");
  }

  @Test
  void whatOnlySaysThatItIsSomebodysIsChargedToItsAddress() {
    refused(LIMIT, 401, HIDDEN, forged(), walker);
    refused(1, 429, HIDDEN, forged(), walker);
    refused(1, 200, OWN, viewer, walker);
  }

  @Test
  void aTokenForOthersEarsIsChargedToItsAddress() {
    String other = world.bearer(name, Map.of("account", "a1", "aud", "others"));
    refused(LIMIT, 401, HIDDEN, other, walker);
    refused(1, 429, HIDDEN, other, walker);
    refused(1, 200, OWN, viewer, walker);
  }

  @Test
  void aTokenThatHasMerelyExpiredIsChargedToItsSubject() {
    String expired = expired(name);
    refused(LIMIT, 401, HIDDEN, expired, walker);
    StrictAnswer answer = world.ask("GET", PUBLIC, expired);
    assertThat(shape(answer)).isEqualTo(LIMITED);
    assertThat(world.line(answer)).contains("the subject " + name + " of main is blocked until");
    refused(1, 429, OWN, viewer);
    refused(1, 401, OWN, walker);
  }

  @Test
  void anAddressIsThatWhichTrustedProxiesTell() {
    for (int i = 0; i < LIMIT; i++) {
      refused(1, 401, OWN, "X-Forwarded-For: 198.51.100." + i + ", " + address);
    }
    refused(1, 429, OWN, walker);
    refused(1, 401, OWN, walker + ", 203.0.113.1");
  }

  @Test
  void anAddressOfIpv6IsItsNetwork() {
    for (int i = 0; i < LIMIT; i++) {
      refused(1, 401, OWN, "Forwarded: for=\"[2001:db8:0:1::" + i + "]\"");
    }
    StrictAnswer answer = world.ask("GET", OWN, "Forwarded: for=\"[2001:db8:0:1:ffff::]\"");
    assertThat(shape(answer)).isEqualTo(LIMITED);
    assertThat(world.line(answer)).contains("the address 2001:db8:0:1::/64 is blocked until");
    refused(1, 401, OWN, "Forwarded: for=\"[2001:db8:0:2::1]\"");
  }

  @Test
  void aThousandAddressesShutOutNobodyWhoIsKnown() {
    for (int i = 0; i < 1000; i++) {
      String from = "X-Forwarded-For: 10.1." + i / 250 + '.' + i % 250;
      refused(2, 401, "/accounts/a1/documents/" + i, forged(), from);
      refused(1, 401, "/accounts/a1/documents/" + i, from);
    }
    refused(1, 200, OWN, viewer, "X-Forwarded-For: 10.1.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /concealing/1, 404",
    "GET, /transfers/1, 401",
    "PATCH, /accounts/b9/documents/7, 404",
    "POST, /nowhere, 404",
  })
  void every401AndEveryCanonical404Counts(String method, String target, int status) {
    String payer = world.bearer(name, Map.of("groups", List.of("payers")));
    for (int i = 0; i < LIMIT; i++) {
      assertThat(world.ask(method, target, payer).status()).isEqualTo(status);
    }
    refused(1, 429, OWN, payer);
  }

  @Test
  void nothingElseCounts() {
    String member = member("documents:list documents:read");
    for (int i = 0; i <= LIMIT; i++) {
      assertThat(world.ask("GET", "/telling/1", member).status()).isEqualTo(403);
      assertThat(world.ask("GET", OWN + "%2f", member).status()).isEqualTo(400);
      assertThat(world.ask("PATCH", OWN, member).status()).isEqualTo(405);
      assertThat(world.ask("GET", "/items", member).status()).isEqualTo(200);
      assertThat(world.ask("GET", EmbeddedWorld.MISSING, member).status())
          .as("the upstream's")
          .isEqualTo(404);
    }
    refused(1, 200, OWN, member);
  }

  @Test
  void theFormIsThatOfEveryRefusal() {
    refused(LIMIT, 404, HIDDEN, viewer);
    StrictAnswer head = world.ask("HEAD", OWN, viewer);
    assertThat(shape(head)).isEqualTo(LIMITED.substring(0, LIMITED.indexOf('{')));
    StrictAnswer page = world.ask("GET", OWN, viewer, "Accept: text/html");
    assertThat(page.value("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.value("retry-after")).isNotEmpty();
    assertThat(page.body()).contains("<span>429</span>Too Many Requests");
    try (EmbeddedClient client = world.connect()) {
      String upload = "POST " + HIDDEN + " HTTP/1.1\r\nHost: a\r\n" + viewer;
      client.send(upload + "\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.answer("POST").status()).isEqualTo(429);
      assertThat(client.open()).isTrue();
    }
  }
}

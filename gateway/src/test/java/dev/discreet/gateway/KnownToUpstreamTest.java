package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.CountingApi.Seen;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the upstream holds the rights, it is asked as the caller (SPEC §2, row 7u). */
@Timeout(60)
class KnownToUpstreamTest {
  private static final String ROW = "/rows/1";
  private static final String NOWHERE = "/nothing";

  private final TestIssuer issuer = new TestIssuer();
  private final CountingApi api = new CountingApi();
  private final TestGateway gateway;

  KnownToUpstreamTest() throws IOException {
    gateway = start("", "cache: {present: 1m, absent: 1m}");
    sharing("alice", 403);
  }

  private TestGateway start(String extra, String probe) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
            tokenFrom: [bearer, {header: x-token}]
            upstreams:
              api:
                url: '%s'
                probe: {headers: {authorization: Bearer gateways-own, x-caller: root, X_Caller: root, x-tenant: t1}%s}
            forward: {claims: {x-caller: sub}}
            routes:
              - path: /rows/{row}
                upstream: api
                methods: {GET: rows:read, DELETE: rows:delete}
                knownTo: upstream
              - path: /rows
                upstream: api
                methods: {GET: rows:list, POST: rows:create}
                collection: true
                knownTo: upstream
              - {path: "/shielded/{row}", upstream: api, methods: {GET: authenticated}, shield: [403]}
              - {path: "/open/{row}", upstream: api, methods: {GET: public}, shield: [403]}
              - path: /secrets/{row}
                upstream: api
                methods: {GET: rows:read}
                knownTo: upstream
                acr: [gold]
            grants:
              - {to: {subject: bob}, permissions: [rows:delete], resources: /rows/*}
            %s
            """
                .formatted(
                    issuer.issuer(),
                    issuer.issuer(),
                    api.url(),
                    probe.isEmpty() ? "" : ", " + probe,
                    extra)));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }

  /** An API whose rows only their owner sees, and which answers others so. */
  private void sharing(String owner, int others) {
    api.answering(
        seen -> {
          int status = seen.values("x-caller").equals(List.of(owner)) ? 200 : others;
          return "HTTP/1.1 " + status + " So\r\nContent-Length: 0\r\n\r\n";
        });
  }

  private String token(String subject) {
    return DocumentsWorld.bearer(issuer.token(subject, Map.of()));
  }

  private Answer call(String method, String path, String token) throws IOException {
    return gateway.call(method, path, token);
  }

  /** Of either kind of API: one that says 403 of foreign rows, and one that says 404. */
  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500})
  void whoSeesItThereIsToldWhatHeLacksAndNobodyElse(int others) throws IOException {
    sharing("alice", others);
    assertThat(call("GET", ROW, token("alice")).status()).isEqualTo(403);
    assertThat(call("PATCH", ROW, token("alice")).value("allow")).isEqualTo("GET, HEAD, DELETE");
    String canonical = call("GET", NOWHERE, token("carol")).shape();
    assertThat(call("GET", ROW, token("carol")).shape()).isEqualTo(canonical);
    assertThat(call("PATCH", ROW, token("carol")).shape()).isEqualTo(canonical);
    assertThat(call("GET", ROW, "X-None: 1").status()).isEqualTo(401);
  }

  @Test
  void itIsAskedAsTheCallerAndNothingElseOfHisRequest() throws IOException {
    String token = token("alice");
    gateway.call("GET", ROW + "?q=1", token, "X-Secret: 1", "X-Caller: root", "Cookie: a=b");
    Seen probe = api.seen().getFirst();
    assertThat(probe.method()).isEqualTo("HEAD");
    assertThat(probe.target()).isEqualTo(ROW);
    assertThat(probe.values("authorization")).containsExactly(token.substring(15));
    assertThat(probe.values("x-caller")).containsExactly("alice");
    assertThat(probe.values("x_caller")).isEmpty();
    assertThat(probe.values("x-tenant")).containsExactly("t1");
    assertThat(probe.values("x-secret")).isEmpty();
    assertThat(probe.values("cookie")).isEmpty();
  }

  @Test
  void theTokenGoesUpWhereItStood() throws IOException {
    String token = issuer.token("alice", Map.of());
    assertThat(gateway.call("GET", ROW, "X-Token: " + token).status()).isEqualTo(403);
    assertThat(api.seen().getFirst().values("x-token")).containsExactly(token);
    assertThat(api.seen().getFirst().values("authorization")).isEmpty();
  }

  @Test
  void whatIsRememberedIsOfOneToken() throws IOException {
    String alice = token("alice");
    for (int i = 0; i < 3; i++) {
      assertThat(call("GET", ROW, alice).status()).isEqualTo(403);
      assertThat(call("GET", "/rows/2", token("carol")).status()).isEqualTo(404);
    }
    assertThat(call("GET", ROW, token("carol")).status()).isEqualTo(404);
    assertThat(api.seen()).filteredOn(seen -> seen.target().equals(ROW)).hasSize(2);
  }

  /** Else he could tell 403 from 404 by what is asked again. */
  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 410})
  void aRefusalIsRememberedWhicheverItIs(int others) throws IOException {
    sharing("alice", others);
    String carol = token("carol");
    for (int i = 0; i < 3; i++) {
      assertThat(call("GET", ROW, carol).status()).isEqualTo(404);
    }
    assertThat(api.seen()).hasSize(1);
  }

  @Test
  void aFailureIsNotRemembered() throws IOException {
    sharing("alice", 503);
    assertThat(call("GET", ROW, token("carol")).status()).isEqualTo(404);
    sharing("carol", 404);
    assertThat(call("GET", ROW, token("carol")).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rows/", "/shielded/"})
  void whoAsksForMuchAtOnceIsStoppedByTheGuardAllTheSame(String place) throws Exception {
    int asked = 10;
    CountDownLatch all = new CountDownLatch(asked);
    api.answering(
        seen -> {
          all.countDown();
          await(all);
          return "HTTP/1.1 403 So\r\nContent-Length: 0\r\n\r\n";
        });
    List<RawClient> clients = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    try (TestGateway guarded = start("guard: {refusals: 4/min}", "")) {
      for (int i = 0; i < asked; i++) {
        RawClient client = new RawClient(guarded.address());
        clients.add(client);
        client.send(TestGateway.request("GET", place + i, token("carol")));
      }
      for (RawClient client : clients) {
        statuses.add(client.read("GET").status());
        client.close();
      }
    }
    assertThat(statuses).filteredOn(status -> status == 404).hasSize(4);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(asked - 4);
  }

  @Test
  void whatIsPublicAndShieldedIsServedToABlockedAddressAsEver() throws IOException {
    try (TestGateway guarded = start("guard: {refusals: 2/min}", "")) {
      for (int i = 0; i < 4; i++) {
        assertThat(guarded.call("GET", "/open/1", "X-None: 1").status()).isEqualTo(404);
      }
      assertThat(guarded.call("GET", ROW, "X-None: 1").status()).isEqualTo(429);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aChangeOfTheResourceForgetsWhatEveryCallerMaySee() throws IOException {
    String alice = token("alice");
    assertThat(call("GET", ROW, alice).status()).isEqualTo(403);
    sharing("nobody", 404);
    assertThat(call("GET", ROW, alice).status()).isEqualTo(403);
    assertThat(call("DELETE", ROW, token("bob")).status()).isEqualTo(404);
    assertThat(call("GET", ROW, alice).status()).isEqualTo(404);
  }

  /** Rows 1 to 6 are as ever, and who may call is not asked about. */
  @ParameterizedTest
  @CsvSource({
    "GET, /rows, carol, 200, 0",
    "POST, /rows, carol, 404, 1",
    "POST, /rows, alice, 403, 1",
    "GET, /secrets/1, alice, 404, 0",
    "GET, /nothing, alice, 404, 0"
  })
  void isAskedWhereRows7To12WouldBe(
      String method, String path, String caller, int status, int probes) throws IOException {
    assertThat(call(method, path, token(caller)).status()).isEqualTo(status);
    assertThat(api.seen()).hasSize(probes);
  }

  @Test
  void theLogSaysRow7u() throws Exception {
    LogLine known = LogLine.of(gateway, call("GET", ROW, token("alice")));
    assertThat(known.get("row")).isEqualTo("7u");
    assertThat(known.get("decision")).isEqualTo("forbidden");
    LogLine unknown = LogLine.of(gateway, call("GET", ROW, token("carol")));
    assertThat(unknown.get("row")).isEqualTo("7u");
    assertThat(unknown.get("decision")).isEqualTo("concealed");
    assertThat(unknown.get("reason")).isEqualTo("probe: answered 403");
    LogLine again = LogLine.of(gateway, call("GET", ROW, token("carol")));
    assertThat(again.get("decision")).isEqualTo("concealed");
    assertThat(again.get("reason")).isEqualTo("probe: refused a moment ago");
  }

  @Test
  void its404IsChargedByTheGuardAsAnyOther() throws IOException {
    try (TestGateway guarded = start("guard: {refusals: 2/min}", "cache: {present: 0s}")) {
      for (String row : List.of(ROW, "/rows/2")) {
        assertThat(guarded.call("GET", row, token("carol")).status()).isEqualTo(404);
      }
      assertThat(guarded.call("GET", ROW, token("carol")).status()).isEqualTo(429);
      assertThat(guarded.call("GET", ROW, token("alice")).status()).isEqualTo(403);
    }
  }
}

package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.MISSING;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A route that observes lets pass what it would refuse, and tells the operator (SPEC §2). */
class ObserveTest {
  private static final String NO_CACHE = "probe: {cache: {present: 0s, absent: 0s}}";
  private static final String OBSERVE = "mode: observe\nforward: {claims: {x-caller: sub}}";
  private static final String GARBAGE = "Authorization: Bearer garbage";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private record Asked(String method, String target, String field) {}

  private static List<Asked> requests(DocumentsWorld world) {
    String none = "X-None: 1";
    String lister = world.member("documents:list");
    return List.of(
        new Asked("GET", OWN, GARBAGE),
        new Asked("GET", "/accounts/a1/login-options", GARBAGE),
        new Asked("GET", OWN, none),
        new Asked("get", OWN, none),
        new Asked("GET", "/accounts/a1/transfers/1", world.member("transfers:read")),
        new Asked("GET", "/accounts/b9/documents", lister),
        new Asked("GET", HIDDEN, lister),
        new Asked("DELETE", OWN, lister),
        new Asked("POST", "/accounts/a1/documents", lister),
        new Asked("DELETE", MISSING, lister),
        new Asked("PATCH", HIDDEN, lister),
        new Asked("PATCH", OWN, lister),
        new Asked("PATCH", MISSING, lister),
        new Asked("OPTIONS", OWN, lister));
  }

  @Test
  void whatIsObservedIsWhatWouldHaveBeenAnswered() throws Exception {
    try (DocumentsWorld enforcing = new DocumentsWorld("", NO_CACHE);
        DocumentsWorld observing = new DocumentsWorld(OBSERVE, NO_CACHE)) {
      List<Asked> observed = requests(observing);
      for (int i = 0; i < observed.size(); i++) {
        Asked one = requests(enforcing).get(i);
        Answer refusal = enforcing.gateway().call(one.method(), one.target(), one.field());
        LogLine refused = LogLine.of(enforcing.gateway(), refusal);
        Asked twin = observed.get(i);
        Answer answer = observing.gateway().call(twin.method(), twin.target(), twin.field());
        assertThat(answer.value("x-upstream")).as("%s passes", one).isEqualTo("yes");
        LogLine passed = LogLine.of(observing.gateway(), answer);
        assertThat(passed.get("decision")).isEqualTo("forward");
        assertThat(passed.get("status")).isEqualTo(String.valueOf(answer.status()));
        assertThat(passed.get("observed_status")).isEqualTo(refused.get("status"));
        assertThat(passed.get("observed_decision")).isEqualTo(refused.get("decision"));
        for (String same : List.of("row", "reason", "grant", "issuer", "subject")) {
          assertThat(passed.get(same)).as("%s of %s", same, one).isEqualTo(refused.get(same));
        }
        assertThat(passed.get("upstream")).isEqualTo("documents");
      }
      assertThat(observing.gateway().metrics())
          .contains(
              "discreet_observed_total{decision=\"unauthenticated\",method=\"GET\","
                  + "route=\"/accounts/{account}/documents/{document}\"} 2.0",
              "discreet_observed_total{decision=\"forbidden\",method=\"DELETE\","
                  + "route=\"/accounts/{account}/documents/{document}\"} 1.0");
    }
  }

  @Test
  void whatIsPermittedIsNotObserved() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, NO_CACHE)) {
      Answer own = world.gateway().call("GET", OWN, world.member("documents:read"));
      Answer open = world.gateway().call("GET", "/accounts/a1/login-options");
      for (Answer answer : List.of(own, open)) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(LogLine.of(world.gateway(), answer).get("observed_status")).isEmpty();
      }
      assertThat(LogLine.of(world.gateway(), own).get("grant")).contains("grants.yaml:");
      assertThat(world.gateway().metrics()).doesNotContain("discreet_observed_total{");
    }
  }

  @Test
  void whatMatchesNoRouteAndStep0AreAnsweredAsAlways() throws Exception {
    try (DocumentsWorld enforcing = new DocumentsWorld("", NO_CACHE);
        DocumentsWorld observing = new DocumentsWorld(OBSERVE, NO_CACHE)) {
      for (String[] asked :
          List.of(
              new String[] {"GET", "/nowhere", "X-None: 1"},
              new String[] {"GET", "/nowhere", GARBAGE},
              new String[] {"GET", OWN + "/../42", "X-None: 1"},
              new String[] {"TRACE", OWN, "X-None: 1"},
              new String[] {"GET", OWN, "Expect: more"})) {
        Answer always = enforcing.gateway().call(asked[0], asked[1], asked[2]);
        assertThat(always.status()).isGreaterThanOrEqualTo(400);
        assertThat(observing.gateway().call(asked[0], asked[1], asked[2]).shape())
            .isEqualTo(always.shape());
      }
      String caller = observing.member("documents:list");
      assertThat(observing.gateway().call("GET", "/nowhere", caller).status()).isEqualTo(404);
      assertThat(observing.api().heads()).isZero();
    }
  }

  @Test
  void aRouteSaysForItself() throws Exception {
    String routes =
        """
        mode: observe
        routes:
          - {path: /strict, upstream: documents, methods: {GET: a:read}, mode: enforce}
        """;
    try (DocumentsWorld world = new DocumentsWorld(routes, NO_CACHE)) {
      assertThat(world.gateway().call("GET", "/strict").status()).isEqualTo(401);
      Answer bad = world.gateway().call("GET", "/strict", GARBAGE);
      assertThat(bad.value("www-authenticate")).contains("error=\"invalid_token\"");
      assertThat(bad.shape()).isEqualTo(world.gateway().call("GET", "/nowhere", GARBAGE).shape());
      assertThat(world.gateway().call("GET", "/strict", world.member("b:c")).status())
          .isEqualTo(404);
      assertThat(world.api().heads()).isZero();
      assertThat(world.gateway().call("GET", OWN).status()).isEqualTo(200);
    }
  }

  @Test
  void onlyAValidTokenSaysWhoCalls() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, NO_CACHE)) {
      world.gateway().call("PUT", OWN, GARBAGE, "X-Caller: root", "x_caller: root");
      world.gateway().call("PUT", OWN, "X-Caller: root");
      world.gateway().call("GET", HIDDEN, world.member("documents:list"), "X-Caller: root");
      assertThat(world.api().seen())
          .extracting(seen -> seen.values("x-caller"))
          .containsExactly(List.of(), List.of(), List.of("alice"));
      assertThat(world.api().seen().getFirst().head().toLowerCase(Locale.ROOT))
          .contains("authorization: bearer garbage")
          .doesNotContain("root");
    }
  }

  @Test
  void aBodyPassesToo() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, NO_CACHE);
        RawClient client = new RawClient(world.gateway().address())) {
      world.api().answering(request -> OK);
      String head = "Transfer-Encoding: chunked";
      client.send(TestGateway.request("POST", "/accounts/a1/documents", GARBAGE, head));
      client.send("5\r\nhello\r\n0\r\n\r\n");
      assertThat(client.read("POST").body()).isEqualTo("ok");
      assertThat(world.api().seen())
          .singleElement()
          .extracting(CountingApi.Seen::body)
          .isEqualTo("hello");
    }
  }

  @Test
  void keysThatAreNotThereRefuseNobody() throws Exception {
    String issuer;
    String token;
    try (TestIssuer gone = new TestIssuer()) {
      issuer = gone.issuer();
      token = gone.token("ann", Map.of());
    }
    try (CountingApi api = new CountingApi().owning("/a")) {
      String files =
          """
          mode: observe
          listen: 127.0.0.1:0
          admin: 127.0.0.1:0
          issuers: {main: {issuer: "%s", audiences: [tests], jwks: "%s/jwks"}}
          upstreams: {api: {url: "%s"}}
          routes: [{path: /a, upstream: api, methods: {GET: authenticated}}]
          """
              .formatted(issuer, issuer, api.url());
      try (TestGateway gateway = TestGateway.start(Map.of("gateway.yaml", files))) {
        Answer answer = gateway.call("GET", "/a", DocumentsWorld.bearer(token));
        assertThat(answer.status()).isEqualTo(200);
        LogLine line = LogLine.of(gateway, answer);
        assertThat(line.get("observed_status")).isEqualTo("503");
        assertThat(line.get("observed_decision")).isEqualTo("unavailable");
        assertThat(line.get("row")).isEqualTo("1b");
      }
    }
  }
}

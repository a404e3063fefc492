package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.discreet.testing.Corpus;
import dev.discreet.testing.Corpus.Case;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.CountingApi.Seen;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * {@code corpora/smuggling.json}, kind {@code h1}: each case over a socket, its octets as they are,
 * and what reached the upstream compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingCorpusTest {
  private static final int QUIET_MILLIS = 400;

  /** Cases that end with the client's FIN, as their text says. */
  private static final Set<String> THEN_FIN = Set.of("S-132", "S-224");

  private static final Set<String> SENDS_BODY_AFTER_100 = Set.of("S-320");

  private final TestIssuer issuer;
  private final CountingApi api;
  private final TestGateway gateway;

  SmugglingCorpusTest() throws IOException, JOSEException {
    issuer = new TestIssuer();
    api = new CountingApi();
    api.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
                upstreams: {api: {url: '%s'}}
                forward: {claims: {x-gw-subject: sub}}
                routes:
                  - {path: /pub, upstream: api, methods: {GET: public, POST: public}}
                  - {path: /admin, upstream: api, methods: {GET: admin}}
                """
                    .formatted(issuer.issuer(), issuer.issuer(), api.url())));
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }

  @TestFactory
  List<DynamicTest> everyRequest() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : Corpus.list("smuggling.json")) {
      if (one.text("kind").equals("h1")) {
        tests.add(DynamicTest.dynamicTest(one.get("id") + " " + one.get("why"), () -> check(one)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(140);
    return tests;
  }

  private void check(Case one) throws IOException {
    api.forget();
    Case expect = one.object("expect");
    String raw = one.text("raw").replace("{{TOKEN}}", issuer.token("tester", Map.of()));
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(raw);
      if (THEN_FIN.contains(one.text("id"))) {
        client.finish();
      }
      if (SENDS_BODY_AFTER_100.contains(one.text("id"))) {
        assertThat(client.read("POST").status()).isEqualTo(100);
        client.send("hello");
      }
      boolean closes = expect.flag("close");
      String octets = closes ? client.readToEnd() : client.readFor(QUIET_MILLIS);
      judge(one, expect, RawClient.statuses(octets));
    }
  }

  private void judge(Case one, Case expect, List<Integer> statuses) {
    assertThat(api.seen())
        .as("nobody but /pub was reached")
        .allSatisfy(seen -> assertThat(seen.target()).isEqualTo("/pub"));
    List<Integer> refusals = expect.numbers("status");
    long whole = api.seen().stream().filter(Seen::whole).count();
    int reached = expect.number("upstream_requests");
    switch (expect.text("outcome")) {
      case "reject" -> {
        assertThat(statuses).singleElement().satisfies(s -> assertThat(refusals).contains(s));
        assertThat(whole).isZero();
      }
      case "forward" -> {
        assertThat(statuses.stream().filter(s -> s >= 200).toList().getFirst()).isEqualTo(200);
        assertThat(whole).isEqualTo(reached);
      }
      case "reject_or_forward" -> {
        int first = statuses.stream().filter(s -> s >= 200).toList().getFirst();
        assertThat(whole).isEqualTo(first == 200 ? reached : 0);
        if (first != 200) {
          assertThat(refusals).contains(first);
        }
      }
      case "mixed" -> {
        assertThat(statuses).hasSameElementsAs(refusals);
        assertThat(whole).isEqualTo(reached);
      }
      case "abort" -> assertThat(whole).isZero();
      default -> throw new AssertionError("an outcome that nobody knows: " + one);
    }
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.discreet.testing.Corpus;
import dev.discreet.testing.Corpus.Case;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * {@code corpora/paths.json}, every case over a socket, in both protocols. Its reading: SPEC.md
 * wins, and a case that lists only refusals is met by the refusal that SPEC.md gives, if nothing is
 * forwarded.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathCorpusTest {
  private static final List<Integer> REFUSALS = List.of(400, 401, 403, 404, 405, 414, 501);

  private final TestIssuer issuer;
  private final CountingApi api;
  private final TestGateway gateway;

  PathCorpusTest() throws IOException, JOSEException {
    issuer = new TestIssuer();
    api = new CountingApi();
    api.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    gateway = TestGateway.start(configuration(issuer, api));
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }

  @TestFactory
  List<DynamicTest> everyPath() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : Corpus.cases("paths.json")) {
      String name = one.get("id") + " " + one.get("why");
      tests.add(DynamicTest.dynamicTest(name, () -> check(one, PathCorpusTest::overHttp1)));
      tests.add(
          DynamicTest.dynamicTest(name + " (HTTP/2)", () -> check(one, PathCorpusTest::overHttp2)));
    }
    assertThat(tests).hasSizeGreaterThan(160);
    return tests;
  }

  /** Sends a case's request, and tells the status of its answer. */
  private interface Protocol {
    int ask(TestGateway gateway, Case one, List<String> fields) throws IOException;
  }

  private static int overHttp1(TestGateway gateway, Case one, List<String> fields)
      throws IOException {
    return gateway
        .call(one.text("method"), one.text("path"), fields.toArray(String[]::new))
        .status();
  }

  private static int overHttp2(TestGateway gateway, Case one, List<String> fields)
      throws IOException {
    List<String> all = RawHttp2.request(one.text("method"), one.text("path"));
    for (String field : fields) {
      int colon = field.indexOf(':');
      all.add(field.substring(0, colon).toLowerCase(Locale.ROOT));
      all.add(field.substring(colon + 1).strip());
    }
    try (RawHttp2 client = new RawHttp2(gateway.address())) {
      return client.send(1, all).await(1).status();
    }
  }

  private void check(Case one, Protocol protocol) throws IOException {
    api.forget();
    judge(one, protocol.ask(gateway, one, fields(one, issuer)), api);
  }

  private static void judge(Case one, int status, CountingApi api) {
    List<Integer> expected = one.numbers("expect");
    if (REFUSALS.containsAll(expected)) {
      assertThat(REFUSALS).contains(status);
    } else {
      assertThat(expected).contains(status);
    }
    if (REFUSALS.contains(status)) {
      assertThat(api.seen())
          .as("nothing but a probe")
          .allSatisfy(seen -> assertThat(seen.method()).isEqualTo("HEAD"));
    } else {
      String target = one.text(one.has("upstream_target") ? "upstream_target" : "path");
      assertThat(api.seen())
          .singleElement()
          .satisfies(seen -> assertThat(target).endsWith(seen.target()));
    }
  }

  private static List<String> fields(Case one, TestIssuer issuer) {
    List<String> fields = new ArrayList<>();
    if (one.text("caller").equals("user")) {
      fields.add(
          DocumentsWorld.bearer(issuer.token("user", Map.of("scope", "orders:read files:read"))));
    }
    if (one.has("headers")) {
      for (Object header : one.list("headers")) {
        fields.add(((List<?>) header).get(0) + ": " + ((List<?>) header).get(1));
      }
    }
    return fields;
  }

  private static Map<String, String> configuration(TestIssuer issuer, CountingApi api) {
    return Map.of(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
        upstreams: {api: {url: '%s'}}
        routes:
          - {path: '/public/{name}', upstream: api, methods: {GET: public}}
          - {path: '/orders/{id}', upstream: api, methods: {GET: orders:read, POST: orders:write}}
          - {path: '/orders/{id}/items/{item}', upstream: api, methods: {GET: orders:read}}
          - {path: '/files/**', upstream: api, methods: {GET: files:read}}
          - path: /admin/**
            upstream: api
            methods: {GET: admin, POST: admin, DELETE: admin}
          - {path: /, upstream: api, methods: {GET: public}}
        grants:
          - {to: authenticated, permissions: token, resources: /**}
        """
            .formatted(issuer.issuer(), issuer.issuer(), api.url()));
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Conditions over sockets, from the token's claims to the metric. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConditionTest {
  private static final String LEGAL = "/accounts/legal-1/documents/42";

  private final TestIssuer issuer;
  private final CountingApi api;
  private final TestGateway gateway;

  ConditionTest() throws Exception {
    issuer = new TestIssuer();
    api = new CountingApi().owning(LEGAL, "/accounts/a1/documents/42");
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                trustedProxies: [127.0.0.0/8]
                issuers:
                  main: {issuer: "%s", audiences: [tests], jwks: "%s/jwks"}
                upstreams:
                  documents: {url: "%s"}
                """
                    .formatted(issuer.issuer(), issuer.issuer(), api.url()),
                "policy.yaml",
                """
                routes:
                  - path: /accounts/{account}/documents/{document}
                    upstream: documents
                    methods: {GET: documents:read, DELETE: documents:delete}
                grants:
                  - to: authenticated
                    permissions: documents:read
                    resources: /accounts/{account}/documents/{document}
                    when: 'claims.department == "legal" && path.account.startsWith("legal-")'
                  - to: {subject: admin}
                    permissions: documents:delete
                    resources: /accounts/**
                    when: inRange(request.source, "10.0.0.0/8") && request.method == "DELETE"
                """));
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }

  private int call(
      String method, String target, String subject, Map<String, Object> claims, String from)
      throws IOException {
    String token = DocumentsWorld.bearer(issuer.token(subject, claims));
    return gateway.call(method, target, token, "x-forwarded-for: " + from).status();
  }

  @Test
  void claimsAndPathDecide() throws IOException {
    Map<String, Object> legal = Map.of("department", "legal");
    assertThat(call("GET", LEGAL, "alice", legal, "10.1.1.1")).isEqualTo(200);
    assertThat(call("DELETE", LEGAL, "alice", legal, "10.1.1.1")).isEqualTo(403);
    assertThat(call("GET", "/accounts/a1/documents/42", "alice", legal, "10.1.1.1")).isEqualTo(404);
    assertThat(call("GET", LEGAL, "alice", Map.of("department", "sales"), "10.1.1.1"))
        .isEqualTo(404);
  }

  @Test
  void theAddressDecides() throws IOException {
    Map<String, Object> sales = Map.of("department", "sales");
    assertThat(call("DELETE", LEGAL, "admin", sales, "10.1.1.1")).isEqualTo(200);
    assertThat(call("DELETE", LEGAL, "admin", sales, "192.0.2.1")).isEqualTo(404);
    assertThat(call("DELETE", LEGAL, "bob", sales, "10.1.1.1")).isEqualTo(404);
  }

  @Test
  void aClaimThatIsMissingIsFalseAndCounted() throws IOException {
    assertThat(call("GET", LEGAL, "carol", Map.of(), "10.1.1.1")).isEqualTo(404);
    assertThat(gateway.metrics())
        .containsPattern("discreet_condition_failures_total\\{grant=\"policy.yaml:6\"} [1-9]");
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestCa;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An upstream behind TLS, as a configuration says it. */
@Tag("tls")
class UpstreamTlsTest {
  private static TestGateway before(CountingApi api, TestIssuer issuer, TestCa ca)
      throws IOException {
    return TestGateway.start(
        Map.of(
            "ca.pem",
            ca.certificate(),
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            issuers: {main: {issuer: %s, audiences: [tests], jwks: %s/jwks}}
            upstreams:
              api: {url: '%s', tls: {ca: ca.pem, serverName: api.test}}
            routes:
              - path: /{document}
                upstream: api
                methods: {GET: public, DELETE: documents:delete}
                knownTo: authenticated
            """
                .formatted(issuer.issuer(), issuer.issuer(), api.url())));
  }

  @Test
  void trustIsTakenOverWhenItsFileChangesAndFailingTlsIs502() throws IOException {
    TestCa ca = new TestCa();
    TestCa stranger = new TestCa();
    try (TestIssuer issuer = new TestIssuer();
        CountingApi api =
            CountingApi.overTls(ca.issue("dns:api.test").server(stranger)).owning("/1");
        TestGateway gateway = before(api, issuer, ca)) {
      String caller = "Authorization: Bearer " + issuer.token("ann", Map.of());
      try (RawClient client = new RawClient(gateway.address())) {
        assertThat(client.send(TestGateway.request("GET", "/1")).read("GET").status())
            .isEqualTo(200);
        assertThat(client.send(TestGateway.request("DELETE", "/1", caller)).read("DELETE").status())
            .isEqualTo(403);
      }
      assertThat(api.accepted()).as("probes go over the same connections").isEqualTo(1);
      int before = api.heads();

      gateway.taking(() -> gateway.write("ca.pem", stranger.certificate()));
      Answer refused = gateway.call("GET", "/1");
      assertThat(refused.status()).isEqualTo(502);
      assertThat(refused.body()).doesNotContain("TLS");
      assertThat(gateway.logged("\"status\":502")).contains("\"reason\":\"upstream: no TLS: ");
      assertThat(gateway.call("DELETE", "/1", caller).status()).as("concealed").isEqualTo(404);
      assertThat(api.heads()).isEqualTo(before);

      gateway.taking(() -> gateway.write("ca.pem", ca.certificate()));
      assertThat(gateway.call("GET", "/1").status()).isEqualTo(200);
    }
  }
}

package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GatewayConfig;
import dev.discreet.guard.Guard;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.MemoryApi;
import dev.discreet.testing.MemoryNames;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.StrictAnswer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TokenSigner;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the document of RFC 9728 says of proofs (§2) follows from the configuration. */
class MetadataDocumentTest {
  private static final String BEFORE =
      "{\"resource\":\"https://api.test\",\"authorization_servers\":";
  private static final String ONE = BEFORE + "[\"https://id.test/a\"],";
  private static final String TWO = BEFORE + "[\"https://id.test/a\",\"https://id.test/b\"],";
  private static final String CLEARTEXT = "127.0.0.1:0";
  private static final SelfSigned TLS = new SelfSigned();

  /** {@return what a client reads, through the real handler list} */
  private static String document(String listen, String tokenFrom, String issuers) throws Exception {
    TokenSigner signer = new TokenSigner("https://id.test/a", "k1");
    try (ConfigFiles files = new ConfigFiles()) {
      files.write(
          Map.of(
              "keys.json",
              signer.jwks(),
              "a.pem",
              TLS.certificate(),
              "a.key",
              TLS.key(),
              "gateway.yaml",
              """
              listen: [%s]
              resourceMetadata: {resource: "https://api.test"}
              tokenFrom: %s
              issuers: {%s}
              upstreams: {api: {url: "http://api.test:80"}}
              routes:
                - {path: /terms, upstream: api, methods: {GET: public}}
              """
                  .formatted(listen, tokenFrom, issuers)));
      return document(files.load());
    }
  }

  private static String document(GatewayConfig config) throws Exception {
    MemoryApi api = new MemoryApi();
    try (Telemetry telemetry =
            Telemetry.create(config.log(), new PrintStream(OutputStream.nullOutputStream()));
        EmbeddedIdentity identity = new EmbeddedIdentity(config, telemetry)) {
      Gateway gateway =
          new Gateway(
              telemetry,
              Parts.first(
                  config,
                  telemetry,
                  identity.verifier(),
                  new Guard(config.guard(), new Bootstrap()),
                  Parts.upstreams(
                      config,
                      telemetry,
                      api.connections(),
                      new MemoryNames(),
                      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory()))));
      try (EmbeddedClient client = new EmbeddedClient(gateway, api, Integer.MAX_VALUE)) {
        StrictAnswer answer =
            client
                .send(TestGateway.request("GET", "/.well-known/oauth-protected-resource"))
                .answer("GET");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-type")).isEqualTo("application/json");
        return answer.body();
      } finally {
        gateway.current().upstreams().close();
      }
    }
  }

  private static String issuer(String name, String more) {
    return "%1$s: {issuer: 'https://id.test/%1$s', audiences: [t], jwks: {file: keys.json}%2$s}"
        .formatted(name, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[bearer]|''|\"bearer_methods_supported\":[\"header\"]",
        "[{header: x-token}]|''|\"bearer_methods_supported\":[]",
        "[{cookie: token}, bearer]|''|\"bearer_methods_supported\":[\"header\"]",
        // No proof is read, whatever the issuer allows.
        "[bearer]|', dpop: optional'|\"bearer_methods_supported\":[\"header\"]",
        "[dpop, bearer]|', dpop: optional'|\"bearer_methods_supported\":[\"header\"],\"dpop_signing_alg_values_supported\":[\"ES256\",\"EdDSA\",\"PS256\",\"RS256\"]",
        "[dpop]|', dpop: optional, algorithms: [ES384]'|\"bearer_methods_supported\":[],\"dpop_signing_alg_values_supported\":[\"ES384\"]",
        // No token counts behind Bearer.
        "[dpop, bearer]|', dpop: required, algorithms: [ES256]'|\"bearer_methods_supported\":[],\"dpop_signing_alg_values_supported\":[\"ES256\"],\"dpop_bound_access_tokens_required\":true",
      })
  void saysHowTokensAreSentAndProven(String tokenFrom, String issuer, String expected)
      throws Exception {
    assertThat(document(CLEARTEXT, tokenFrom, issuer("a", issuer))).isEqualTo(ONE + expected + "}");
  }

  @Test
  void whatOneIssuerAllowsIsSupportedAndWhatAllDemandIsRequired() throws Exception {
    String proofs = "\"dpop_signing_alg_values_supported\":[\"ES256\",\"RS256\"]";
    String required = issuer("a", ", dpop: required, algorithms: [ES256]");
    assertThat(
            document(
                CLEARTEXT,
                "[dpop, bearer]",
                required + ", " + issuer("b", ", dpop: optional, algorithms: [RS256]")))
        .isEqualTo(TWO + "\"bearer_methods_supported\":[\"header\"]," + proofs + "}");
    assertThat(
            document(
                CLEARTEXT,
                "[dpop, bearer]",
                required + ", " + issuer("b", ", dpop: required, algorithms: [RS256]")))
        .isEqualTo(
            TWO
                + "\"bearer_methods_supported\":[],"
                + proofs
                + ",\"dpop_bound_access_tokens_required\":true}");
    assertThat(
            document(
                CLEARTEXT,
                "[dpop, bearer]",
                required + ", " + issuer("b", ", algorithms: [RS256]")))
        .isEqualTo(
            TWO
                + "\"bearer_methods_supported\":[\"header\"],"
                + "\"dpop_signing_alg_values_supported\":[\"ES256\"]}");
  }

  @Test
  void tokensBoundToCertificatesNeedAListenerThatAsksForThem() throws Exception {
    String tls = "{address: '127.0.0.1:0', tls: {certificate: a.pem, key: a.key%s}}";
    String header = "\"bearer_methods_supported\":[\"header\"]";
    String asking = CLEARTEXT + ", " + tls.formatted(", clientCertificates: {ca: a.pem}");
    assertThat(document(CLEARTEXT + ", " + tls.formatted(""), "[bearer]", issuer("a", "")))
        .isEqualTo(ONE + header + "}");
    assertThat(document(asking, "[bearer]", issuer("a", "")))
        .isEqualTo(ONE + header + ",\"tls_client_certificate_bound_access_tokens\":true}");
    assertThat(document(asking, "[bearer]", ""))
        .isEqualTo("{\"resource\":\"https://api.test\"," + header + "}");
  }
}

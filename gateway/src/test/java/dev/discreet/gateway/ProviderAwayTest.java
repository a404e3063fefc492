package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import dev.discreet.testing.TokenSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code discreet run} while no identity provider can be reached, and once it can. */
@Timeout(120)
class ProviderAwayTest {
  private static final Pattern ADMIN = Pattern.compile("health and metrics on 127.0.0.1:(\\d+)");
  private static final Duration START = Duration.ofMinutes(1);
  private static final String MISSING = "issuer main has no keys";

  @TempDir private Path folder;

  @Test
  void isReadyAndSaysWhoseTokensItCannotCheckUntilItCan() throws Exception {
    int port = freePort();
    try (CountingApi api = new CountingApi().owning("/open", "/closed");
        GatewayProcess gateway = new GatewayProcess(folder, files(port, api.url()))) {
      Eventually.holds("it is ready", () -> readiness(gateway).status() == 200);
      assertThat(readiness(gateway).body())
          .isEqualTo("ready\n" + MISSING + ": its tokens are answered 503\n");
      assertThat(gateway.output()).contains(MISSING + ", its tokens are answered 503");

      String early = new TokenSigner("http://127.0.0.1:" + port, "k1").token("ann", Map.of());
      Answer undecided = call(gateway, "/closed", early);
      assertThat(undecided.status()).isEqualTo(503);
      assertThat(undecided.value("retry-after")).isNotEmpty();
      assertThat(call(gateway, "/open", early).status()).as("row 1b, on any path").isEqualTo(503);
      assertThat(ask(gateway.address(), "/open").status()).isEqualTo(200);
      assertThat(ask(gateway.address(), "/closed").status()).isEqualTo(401);
      assertThat(api.heads()).isEqualTo(1);

      try (TestIssuer provider = new TestIssuer(port)) {
        String token = provider.token("ann", Map.of());
        Eventually.holds("its keys come", () -> call(gateway, "/closed", token).status() == 200);
        assertThat(readiness(gateway).body()).isEqualTo("ready\n");
        assertThat(gateway.output()).contains("issuer main: keys are there");
      }
    }
  }

  private static Map<String, String> files(int port, String api) {
    return Map.of(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers:
          main:
            issuer: http://127.0.0.1:%d
            audiences: [tests]
            jwks: http://127.0.0.1:%d/jwks
        upstreams: {files: {url: '%s'}}
        routes:
          - {path: /open, upstream: files, methods: {GET: public}}
          - {path: /closed, upstream: files, methods: {GET: authenticated}}
        """
            .formatted(port, port, api));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Answer call(GatewayProcess gateway, String path, String token) throws Exception {
    return ask(gateway.address(), path, DocumentsWorld.bearer(token));
  }

  private static Answer readiness(GatewayProcess gateway) throws Exception {
    Eventually.holds("it started", START, () -> ADMIN.matcher(gateway.output()).find());
    Matcher admin = ADMIN.matcher(gateway.output());
    assertThat(admin.find()).isTrue();
    return ask(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(admin.group(1))),
        "/readyz");
  }

  private static Answer ask(InetSocketAddress address, String path, String... fields)
      throws IOException {
    try (RawClient client = new RawClient(address)) {
      return client.send(TestGateway.request("GET", path, fields)).read("GET");
    }
  }
}

package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client of TLS 1.2 could ask for one handshake after another (CVE-2011-1473). In a process of
 * its own: the JDK reads what forbids it once, before the first handshake of the process.
 */
@Tag("tls")
class TlsRenegotiationTest {
  private static final String GATEWAY =
      """
      listen: [{address: 127.0.0.1:0, tls: {certificate: server.pem, key: server.key}}]
      admin: 127.0.0.1:0
      upstreams:
        api: {url: API}
      routes:
        - {path: /public, upstream: api, methods: {GET: public}}
      """;

  @TempDir private Path folder;

  @Test
  void noClientGetsAnotherHandshake() throws Exception {
    try (CountingApi api = new CountingApi().owning("/public");
        GatewayProcess gateway =
            new GatewayProcess(
                folder,
                Map.of(
                    "gateway.yaml",
                    GATEWAY.replace("API", api.url()),
                    "server.pem",
                    TlsWorld.SERVER.certificate(),
                    "server.key",
                    TlsWorld.SERVER.key()));
        SSLSocket socket =
            TlsWorld.over(
                new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort()),
                TlsWorld.SERVER.client(null),
                "TLSv1.2");
        RawClient client = new RawClient(socket)) {
      String request = TestGateway.request("GET", "/public");
      assertThat(client.send(request).read("GET").status()).isEqualTo(200);
      assertThatThrownBy(
              () -> {
                // Only begins it; were it allowed, it would go on beside the next request.
                socket.startHandshake();
                client.send(request).read("GET");
              })
          .isInstanceOf(SSLException.class);
    }
  }
}

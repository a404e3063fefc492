package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transports, each of which carries the same. */
class TransportTest {
  private static final String BODY = "b".repeat(1 << 20);

  private static Map<String, String> files(String transport, CountingApi api) {
    return Map.of(
        "server.pem",
        TlsWorld.SERVER.certificate(),
        "server.key",
        TlsWorld.SERVER.key(),
        "gateway.yaml",
        """
        listen:
          - 127.0.0.1:0
          - {address: '127.0.0.1:0', tls: {certificate: server.pem, key: server.key}}
        admin: 127.0.0.1:0
        transport: %s
        upstreams: {api: {url: %s}}
        routes:
          - {path: /public, upstream: api, methods: {GET: public, PUT: public}}
        """
            .formatted(transport, api.url()));
  }

  private static void assume(String transport) {
    Throwable unavailable =
        switch (transport) {
          case "io_uring" -> IoUring.unavailabilityCause();
          case "epoll" -> Epoll.unavailabilityCause();
          default -> null;
        };
    assumeTrue(unavailable == null, () -> transport + " does not load here: " + unavailable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void carriesBothProtocolsWithAndWithoutTls(String transport) throws Exception {
    assume(transport);
    try (LogLines log = LogLines.of("dev.discreet.http.GatewayServer");
        CountingApi api = new CountingApi().owning("/public");
        TestGateway gateway = TestGateway.start(files(transport, api))) {
      assertThat(log.lines()).anyMatch(line -> line.contains("] (" + transport + ", TLS by "));
      try (RawClient client = new RawClient(gateway.address())) {
        exchanges(client);
        client.finish();
        assertThat(client.readToEnd()).as("the end of the one is the end of the other").isEmpty();
      }
      try (RawHttp2 client = new RawHttp2(gateway.address())) {
        client.send(1, RawHttp2.request("GET", "/public"));
        assertThat(client.await(1).status()).isEqualTo(200);
      }
      try (SSLSocket tls =
              TlsWorld.over(
                  new Socket(
                      InetAddress.getLoopbackAddress(),
                      gateway.server().addresses().getLast().getPort()),
                  TlsWorld.SERVER.client(null));
          RawClient client = new RawClient(tls)) {
        exchanges(client);
      }
    }
  }

  private static void exchanges(RawClient client) throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThat(client.send(TestGateway.request("GET", "/public")).read("GET").status())
          .isEqualTo(200);
      String put = TestGateway.request("PUT", "/public", "Content-Length: " + BODY.length());
      assertThat(client.send(put + BODY).read("PUT").status()).isEqualTo(200);
    }
  }

  /** As where a container's runtime forbids it. */
  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll"})
  void whatDoesNotLoadIsAnErrorThatSaysWhy(String transport, @TempDir Path folder)
      throws Exception {
    try (CountingApi api = new CountingApi();
        GatewayProcess gateway =
            new GatewayProcess(
                folder, files(transport, api), "-Dio.netty.transport.noNative=true")) {
      assertThat(gateway.exitCode()).isEqualTo(2);
      assertThat(gateway.output())
          .contains("transport: " + transport + " does not load here (")
          .contains("noNative");
    }
  }

  @Test
  void autoIsWhatLoadsAndNeverIoUring() throws IOException {
    try (LogLines log = LogLines.of("dev.discreet.http.GatewayServer");
        CountingApi api = new CountingApi();
        TestGateway gateway = TestGateway.start(files("auto", api))) {
      assertThat(gateway.server().addresses()).hasSize(2);
      String expected = Epoll.isAvailable() ? "(epoll, TLS by " : "(nio, TLS by ";
      assertThat(log.lines()).anyMatch(line -> line.contains("] " + expected));
    }
  }
}

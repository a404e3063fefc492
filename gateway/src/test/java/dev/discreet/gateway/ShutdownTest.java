package dev.discreet.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.upstream.RawUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code discreet run} as a process: how SIGTERM ends it, and what it does not begin with. */
@Timeout(60)
class ShutdownTest {
  private static final String GET = TestGateway.request("GET", "/file");

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  @TempDir private Path folder;

  private GatewayProcess run(String api, String drain) throws IOException {
    return run(api, "0s", drain);
  }

  private GatewayProcess run(String api, String lameDuck, String drain) throws IOException {
    return new GatewayProcess(
        folder,
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            timeouts: {lameDuck: %s, drain: %s}
            upstreams: {files: {url: '%s'}}
            routes:
              - {path: /file, upstream: files, methods: {GET: public}}
            """
                .formatted(lameDuck, drain, api)));
  }

  private String held() {
    reached.countDown();
    try {
      assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  }

  private static void awaitRefused(InetSocketAddress address) {
    Eventually.holds("new connections are refused", () -> isRefused(address));
  }

  private static boolean isRefused(InetSocketAddress address) throws IOException {
    try (RawClient _ = new RawClient(address)) {
      return false;
    } catch (ConnectException refused) {
      return true;
    }
  }

  /** L-02. */
  @Test
  void whatRunsIsAnsweredWhileNothingNewIsAccepted() throws Exception {
    try (CountingApi api = new CountingApi();
        GatewayProcess gateway = run(api.url(), "15s");
        RawClient idle = new RawClient(gateway.address());
        RawClient busy = new RawClient(gateway.address())) {
      assertThat(idle.send(GET).read("GET").status()).isEqualTo(404);
      api.answering(request -> held());
      busy.send(GET);
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

      gateway.terminate();
      awaitRefused(gateway.address());
      assertThat(idle.readToEnd()).as("on a connection at rest").isEmpty();

      answer.countDown();
      Answer last = busy.read("GET");
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.body()).isEqualTo("ok");
      assertThat(last.value("connection")).isEqualTo("close");
      assertThat(busy.readToEnd()).isEmpty();
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.output()).contains("down; connections cut: 0");
    }
  }

  /** Its head went out before the signal, and said nothing of the connection's end. */
  @Test
  void whatIsBeingAnsweredComesToItsEndAndItsConnectionToo() throws Exception {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        GatewayProcess gateway = run("http://127.0.0.1:" + api.getLocalPort(), "15s");
        RawClient busy = new RawClient(gateway.address())) {
      busy.send(GET);
      try (Socket upstream = api.accept()) {
        OutputStream out = upstream.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello".getBytes(US_ASCII));
        StringBuilder got = new StringBuilder();
        while (got.indexOf("hello") < 0) {
          got.append((char) busy.input().read());
        }
        gateway.terminate();
        awaitRefused(gateway.address());
        out.write("world".getBytes(US_ASCII));
        assertThat(busy.readToEnd()).isEqualTo("world");
      }
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.output()).contains("down; connections cut: 0");
    }
  }

  /** Until it was told of the end, a client may be about to send its next request. */
  @Test
  void aConnectionThatWasNotToldOfItsEndServesOnceMore() throws Exception {
    try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        GatewayProcess gateway = run("http://127.0.0.1:" + api.getLocalPort(), "3s", "15s");
        RawClient client = new RawClient(gateway.address())) {
      client.send(GET);
      try (Socket upstream = api.accept()) {
        RawUpstream.readHead(upstream);
        RawUpstream.write(upstream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        StringBuilder got = new StringBuilder();
        while (got.indexOf("hello") < 0) {
          got.append((char) client.input().read());
        }
        gateway.terminate();
        Eventually.holds("it goes down", () -> gateway.output().contains("going down"));
        RawUpstream.write(upstream, "world");
        assertThat(new String(client.input().readNBytes(5), US_ASCII)).isEqualTo("world");
        client.send(GET);
        RawUpstream.readHead(upstream);
        RawUpstream.write(upstream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Answer last = client.read("GET");
        assertThat(last.body()).isEqualTo("ok");
        assertThat(last.value("connection")).isEqualTo("close");
        assertThat(client.readToEnd()).isEmpty();
      }
      assertThat(gateway.exitCode()).isZero();
    }
  }

  @Test
  void whatDoesNotEndInTimeIsCut() throws Exception {
    try (CountingApi api = new CountingApi();
        GatewayProcess gateway = run(api.url(), "300ms");
        RawClient busy = new RawClient(gateway.address())) {
      api.answering(request -> held());
      busy.send(GET);
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      gateway.terminate();
      assertThat(busy.readToEnd()).isEmpty();
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.output()).contains("down; connections cut: 1");
      answer.countDown();
    }
  }

  /** L-04. */
  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (CountingApi api = new CountingApi();
        GatewayProcess gateway = run(api.url(), "1h");
        RawClient busy = new RawClient(gateway.address())) {
      api.answering(request -> held());
      busy.send(GET);
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      gateway.terminate();
      awaitRefused(gateway.address());
      gateway.terminate();
      assertThat(gateway.exitCode()).isEqualTo(128 + 15);
      answer.countDown();
    }
  }

  @Test
  void anIssuerWithoutKeysIsToldOnceAtTheStart() throws Exception {
    String issuer = "{issuer: 'https://id.test', audiences: [a], jwks: 'http://127.0.0.1:9/jwks'}";
    try (GatewayProcess gateway =
        new GatewayProcess(
            folder,
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                timeouts: {lameDuck: 0s}
                issuers: {main: %s}
                upstreams: {files: {url: 'http://127.0.0.1:9'}}
                """
                    .formatted(issuer)))) {
      Eventually.holds("it is told", () -> gateway.output().contains("main has no keys"));
      gateway.terminate();
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.output()).containsOnlyOnce("main has no keys");
    }
  }

  @Test
  void aBrokenConfigurationIsNotBegunWith() throws Exception {
    try (GatewayProcess gateway =
        new GatewayProcess(folder, Map.of("gateway.yaml", "lisen: 127.0.0.1:0\n"))) {
      assertThat(gateway.exitCode()).isEqualTo(2);
      assertThat(gateway.output())
          .contains("gateway.yaml:1:1: error: lisen: ", "did you mean \"listen\"?")
          .endsWith("discreet: " + folder + ": 2 errors, 0 warnings")
          .doesNotContain("listening", "Exception");
    }
  }
}

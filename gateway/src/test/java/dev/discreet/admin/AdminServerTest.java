package dev.discreet.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.config.ListenAddress;
import dev.discreet.config.LogConfig;
import dev.discreet.telemetry.DecisionLabel;
import dev.discreet.telemetry.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AdminServerTest {
  private static final ListenAddress ANY_PORT =
      at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  private final Telemetry telemetry =
      Telemetry.create(
          new LogConfig(LogConfig.Level.INFO, false, true),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  private volatile Health health = new Health(true, true, List.of());
  private final AdminServer server;

  AdminServerTest() throws IOException {
    server = AdminServer.start(ANY_PORT, telemetry, () -> health);
  }

  @BeforeEach
  void countARequest() {
    telemetry.requests().finished("/a", "GET", 200, DecisionLabel.FORWARD, 1);
  }

  @AfterEach
  void close() {
    server.close();
    telemetry.close();
  }

  @Test
  void alive() throws IOException {
    assertThat(get("/livez")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nlive\n");
    health = new Health(false, true, List.of());
    assertThat(get("/livez")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nnot live\n");
  }

  @Test
  void readyWithDetail() throws IOException {
    health = new Health(true, true, List.of("issuer main has no keys yet"));
    assertThat(get("/readyz"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncache-control: no-store\r\n", "\r\nconnection: close\r\n")
        .endsWith("\r\n\r\nready\nissuer main has no keys yet\n");
    health = new Health(true, false, List.of("shutting down"));
    assertThat(get("/readyz"))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("\r\n\r\nnot ready\nshutting down\n");
  }

  @Test
  void metricsAreInPrometheusTextFormat() throws IOException {
    assertThat(get("/metrics"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-type: text/plain; version=0.0.4; charset=utf-8\r\n")
        .contains("\ndiscreet_requests_total{decision=\"forward\",method=\"GET\",");
    assertThat(get("/metrics?x=1")).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void headHasNoBody() throws IOException {
    assertThat(exchange("HEAD /livez HTTP/1.1\r\nhost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-length: 5\r\n")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/livez/", "/metrics/x", "//metrics", "/heapdump", "*"})
  void nothingElseIsServed(String target) throws IOException {
    assertThat(get(target)).startsWith("HTTP/1.1 404 Not Found\r\n").endsWith("\nNot Found\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "OPTIONS", "BREW"})
  void otherMethodsAreRefused(String method) throws IOException {
    assertThat(exchange(method + " /metrics HTTP/1.1\r\nhost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nallow: GET, HEAD\r\n")
        .endsWith("\r\n\r\nMethod Not Allowed\n");
  }

  @Test
  void whatIsNoRequestIsRefusedAndItsConnectionClosed() throws IOException {
    assertThat(exchange("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void connectionsAreBoundedAndComeFreeAgain() throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < AdminConnection.CONNECTIONS; i++) {
      open.add(connect());
    }
    try (Socket beyond = connect()) {
      assertThat(beyond.getInputStream().read()).isEqualTo(-1);
    }
    Socket last = open.getLast();
    send(last, "GET /livez HTTP/1.1\r\nhost: a\r\n\r\n");
    assertThat(received(last)).startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(get("/livez")).startsWith("HTTP/1.1 200 OK\r\n");
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void anAddressThatIsTakenIsSaidInPlainWords() {
    assertThatThrownBy(() -> AdminServer.start(at(server.address()), telemetry, () -> health))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "gateway.yaml:2:8: error: admin: \"127.0.0.1:%d\": is in use by another program",
            server.address().getPort());
  }

  @Test
  void aNameThatNobodyKnowsIsSaidInPlainWords() {
    ListenAddress nowhere = at(InetSocketAddress.createUnresolved("nowhere.invalid", 9090));
    assertThatThrownBy(() -> AdminServer.start(nowhere, telemetry, () -> health))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "gateway.yaml:2:8: error: admin: \"nowhere.invalid:9090\":"
                + " is no host that this machine can find");
  }

  private static ListenAddress at(InetSocketAddress socket) {
    return new ListenAddress(socket, "gateway.yaml:2:8", "admin");
  }

  private String get(String target) throws IOException {
    return exchange("GET " + target + " HTTP/1.1\r\nhost: a\r\n\r\n");
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return received(socket);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(server.address().getAddress(), server.address().getPort());
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static String received(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

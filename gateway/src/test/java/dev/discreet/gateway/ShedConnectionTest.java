package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-12: connections beyond the limits are answered as they speak, and harm no other. */
class ShedConnectionTest {
  private static final int ENHANCE_YOUR_CALM = 0xb;
  private static final String ONE = "limits: {connections: 1}\n";

  private static TlsWorld world(String limits) throws IOException {
    return new TlsWorld("", yaml -> yaml + limits);
  }

  /** Beside one of TLS, one in cleartext. */
  private static TlsWorld cleartext(String limits) throws IOException {
    return new TlsWorld(
        "", yaml -> yaml.replaceFirst("(?m)^listen: .*$", "listen: 127.0.0.1:0") + limits);
  }

  private static Socket plain(TlsWorld world) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), world.gateway().address().getPort());
  }

  private static RawHttp2 overTls(TlsWorld world) throws Exception {
    SSLSocket socket = world.connect(null);
    SSLParameters asked = socket.getSSLParameters();
    asked.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(asked);
    socket.startHandshake();
    assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    return new RawHttp2(socket);
  }

  private static String own(TlsWorld world) {
    return TestGateway.request("GET", OWN, world.member(Map.of()));
  }

  private static List<String> request(TlsWorld world) {
    String bearer = world.member(Map.of()).substring("Authorization: ".length());
    return RawHttp2.request("GET", OWN, "authorization", bearer);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void inHttp2ItsFirstStreamIsAnsweredAndTheOthersNotTaken(boolean tls) throws Exception {
    try (TlsWorld world = tls ? world(ONE) : cleartext(ONE);
        RawClient first = new RawClient(tls ? world.connect(null) : plain(world))) {
      assertThat(first.send(own(world)).read("GET").status()).isEqualTo(200);
      try (RawHttp2 second = tls ? overTls(world) : new RawHttp2(plain(world))) {
        second.send(1, request(world)).send(3, request(world));
        assertThat(second.await(1).status()).isEqualTo(503);
        assertThat(second.stream(1).value("retry-after")).isNotEmpty();
        second.awaitEnd();
        assertThat(second.goAways()).last().isEqualTo(1);
        assertThat(second.stream(3).heads()).isEmpty();
      }
      assertThat(world.gateway().logged("\"status\":503"))
          .contains("\"decision\":\"rejected\"", "\"row\":\"0\"", "\"too many connections\"");
      assertThat(first.send(own(world)).read("GET").status()).as("unharmed").isEqualTo(200);
      assertThat(world.api().heads()).isEqualTo(2);
    }
  }

  @Test
  void overTlsInHttp11TheAnswerComesBehindTheHandshake() throws Exception {
    try (TlsWorld world = world(ONE);
        RawClient first = new RawClient(world.connect(null))) {
      assertThat(first.send(own(world)).read("GET").status()).isEqualTo(200);
      RawClient.Answer shed = world.call(world.connect(null), "GET", OWN, world.member(Map.of()));
      assertThat(shed.status()).isEqualTo(503);
      assertThat(shed.value("connection")).isEqualTo("close");
      assertThat(shed.value("retry-after")).isNotEmpty();
      assertThat(first.send(own(world)).read("GET").status()).as("unharmed").isEqualTo(200);
    }
  }

  @Test
  void whoIsSilentInHttp2IsToldToCalmDown() throws Exception {
    try (TlsWorld world = world(ONE);
        RawClient first = new RawClient(world.connect(null))) {
      assertThat(first.send(own(world)).read("GET").status()).isEqualTo(200);
      try (RawHttp2 second = overTls(world)) {
        assertThat(second.awaitEnd().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
      }
    }
  }

  @Test
  void whoDoesNotEvenBeginTlsIsClosed() throws Exception {
    try (TlsWorld world = world(ONE);
        RawClient first = new RawClient(world.connect(null))) {
      assertThat(first.send(own(world)).read("GET").status()).isEqualTo(200);
      try (RawClient second = new RawClient(plain(world))) {
        assertThat(second.readToEnd()).isEmpty();
      }
    }
  }

  @Test
  void ofAFloodMostAreOnlyClosedAndWhenItIsOverAllAreServed() throws Exception {
    String limit = "limits: {connectionsPerAddress: 1}\n";
    try (LogLines log = LogLines.of("dev.discreet.http.Connections");
        TlsWorld world = cleartext(limit)) {
      try (RawClient first = new RawClient(plain(world))) {
        assertThat(first.send(own(world)).read("GET").status()).isEqualTo(200);
        List<RawClient> flood = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          flood.add(new RawClient(plain(world)));
        }
        List<String> answers = new ArrayList<>();
        for (RawClient one : flood) {
          answers.add(one.readToEnd());
          one.close();
        }
        assertThat(answers).contains("");
        assertThat(answers)
            .allMatch(answer -> answer.isEmpty() || answer.startsWith("HTTP/1.1 503 "));
        assertThat(answers).anyMatch(answer -> answer.startsWith("HTTP/1.1 503 "));
        assertThat(first.send(own(world)).read("GET").status()).as("unharmed").isEqualTo(200);
        assertThat(log.lines())
            .as("told once")
            .singleElement()
            .isEqualTo(
                "WARN limits.connectionsPerAddress (1) is reached: further connections are shed;"
                    + " told once a minute");
      }
      assertThat(servedAtLast(world)).isTrue();
    }
  }

  /** The gateway counts a connection off only after its client has seen its end. */
  private static boolean servedAtLast(TlsWorld world) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline) {
      try (RawClient next = new RawClient(plain(world))) {
        String answer =
            next.send(own(world).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).readToEnd();
        if (answer.startsWith("HTTP/1.1 200 ")) {
          return true;
        }
      }
    }
    return false;
  }
}

package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemoTokensTest {
  private final AtomicReference<String> asked = new AtomicReference<>();
  private final HttpServer server;

  DemoTokensTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTokenIsFetchedByName() throws Exception {
    answer(
        200, "{\"token_type\":\"Bearer\",\"x\":{\"access_token\":1},\"access_token\":\"a.b.c\"}");
    assertThat(tokens().of("alice & co")).isEqualTo("a.b.c");
    assertThat(asked.get()).isEqualTo("grant_type=password&username=alice+%26+co");
  }

  @Test
  void anUnknownNameIsWrongUseAndListsThoseKnown() {
    answer(
        400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"nobody is called eve; known: alice\"}");
    assertFails(2, "nobody is called eve; known: alice");
  }

  @Test
  void whateverElseAnswersIsNotTheDemo() {
    answer(200, "<html>");
    assertFails(1, "is not the demo's identity server");
  }

  @Test
  void aDemoThatDoesNotRunIsSaidInPlainWords() {
    server.stop(0);
    assertFails(1, "Start it: ./discreet demo");
  }

  private void assertFails(int exitCode, String message) {
    assertThatThrownBy(() -> tokens().of("eve"))
        .isInstanceOfSatisfying(
            CommandFailed.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
        .hasMessageContaining(message);
  }

  private DemoTokens tokens() {
    return new DemoTokens(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token"));
  }

  private void answer(int status, String body) {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/token",
        exchange -> {
          asked.set(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
          exchange.sendResponseHeaders(status, octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
  }
}

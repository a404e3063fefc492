package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A headless browser, whose page asks through the gateway and tells what it heard. */
@Timeout(90)
class BrowserTest {
  @ParameterizedTest
  @CsvSource({"false, http/1.1", "true, h2"})
  void hearsWhatItMust(boolean tls, String protocol, @TempDir Path folder) throws Exception {
    Peer.needed("chromium");
    CompletableFuture<String> report = new CompletableFuture<>();
    byte[] page = Files.readAllBytes(Peer.resource("page.html"));
    try (ClientsWorld world = new ClientsWorld()) {
      world
          .api()
          .createContext(
              "/page",
              exchange -> {
                exchange.getResponseHeaders().set("content-type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
              });
      world
          .api()
          .createContext(
              "/report",
              exchange -> {
                byte[] heard = exchange.getRequestBody().readAllBytes();
                report.complete(new String(heard, StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
              });
      try (Chromium _ = new Chromium(folder, world.url(tls, "/page"))) {
        assertThat(report.get(60, TimeUnit.SECONDS).lines())
            .containsExactly(
                protocol,
                "200 hello",
                "200 ",
                "204 ",
                "200 in parts",
                "200 a body",
                "8388608",
                "401 {\"type\":\"about:",
                "401 <!doctype html>",
                "socket hello");
      }
    }
  }
}

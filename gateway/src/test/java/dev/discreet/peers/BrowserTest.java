package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A headless browser, whose page asks through the gateway and tells what it heard. */
@Timeout(90)
class BrowserTest {
  /** Beside the first one: no calls of its own, and whatever certificate. */
  private static final String OPTIONS =
      "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
          + " --disable-background-networking --disable-component-update --disable-dev-shm-usage"
          + " --ignore-certificate-errors";

  @ParameterizedTest
  @CsvSource({"false, http/1.1", "true, h2"})
  void hearsWhatItMust(boolean tls, String protocol, @TempDir Path folder) throws Exception {
    String chromium = Peer.needed("chromium");
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
      Process browser = start(chromium, folder, world.url(tls, "/page"));
      try {
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
      } finally {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly().waitFor();
      }
    }
  }

  private static Process start(String program, Path folder, String url) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(OPTIONS.split(" ", -1)));
    command.addAll(List.of("--user-data-dir=" + folder.resolve("profile"), url));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("browser.log").toFile())
        .start();
  }
}

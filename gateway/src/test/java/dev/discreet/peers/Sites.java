package dev.discreet.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.discreet.testing.Peer;
import dev.discreet.testing.SelfSigned;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sites of several names on one port: one that signs the visitor in, the API's own front end,
 * somebody else's page, and an API that leaks.
 */
final class Sites implements AutoCloseable {
  /** What is slower by it, the page must find so. */
  private static final Duration DETOUR = Duration.ofMillis(20);

  private final HttpsServer server;
  private final CompletableFuture<String> own = new CompletableFuture<>();
  private final CompletableFuture<String> other = new CompletableFuture<>();

  Sites(SelfSigned certificate) throws IOException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/leaks/", Sites::leak);
    server.createContext("/report", this::report);
    server.start();
  }

  /** {@return the origin of a name} */
  String origin(String name) {
    return "https://" + name + ".test:" + server.getAddress().getPort();
  }

  /** Signs in whoever asks for it, and sends him to a page. */
  void signIn(String cookie, String next) {
    server.createContext(
        "/sign-in",
        exchange -> send(exchange, 302, Map.of("set-cookie", cookie, "location", next)));
  }

  /** The API's own page, which asks for something and tells what it heard; then it goes on. */
  void ownPage(String asked, String next) {
    String page =
        """
        <!doctype html>
        <script>
          fetch('%s', { credentials: 'include' })
            .then(async answer => `${answer.status} ${await answer.text()}`)
            .catch(String)
            .then(body => fetch('/report', { method: 'POST', body }))
            .then(() => location.assign('%s'));
        </script>
        """
            .formatted(asked, next);
    server.createContext(
        "/own", exchange -> send(exchange, 200, Map.of("content-type", "text/html"), page));
  }

  /** Somebody else's page, which would hear of a redirect to where its policy does not lead. */
  void otherPage(String... origins) throws IOException {
    String page = Files.readString(Peer.resource("other-site.html"));
    String policy = "default-src 'self' 'unsafe-inline' " + String.join(" ", origins);
    Map<String, String> fields =
        Map.of("content-type", "text/html", "content-security-policy", policy);
    server.createContext("/other", exchange -> send(exchange, 200, fields, page));
  }

  /** An API on which the first of two things exists, and shows. */
  private static void leak(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean exists = path.endsWith("/1");
    Map<String, String> html = Map.of("content-type", "text/html");
    Map<String, String> closed = Map.of("cross-origin-resource-policy", "same-origin");
    switch (path.split("/", -1)[2]) {
      case "status" -> send(exchange, exists ? 200 : 404, Map.of("content-type", "text/css"));
      case "policy" -> send(exchange, exists ? 403 : 404, exists ? Map.of() : closed);
      case "redirect" ->
          send(exchange, exists ? 302 : 404, Map.of("location", "https://elsewhere.test/"));
      case "frames" -> send(exchange, 200, html, exists ? "<iframe></iframe>" : "<p></p>");
      case "time" -> {
        LockSupport.parkNanos(exists ? DETOUR.toNanos() : 0);
        send(exchange, 404, Map.of());
      }
      default ->
          send(
              exchange,
              404,
              Map.of("timing-allow-origin", "*"),
              exists ? "not for you" : "not here");
    }
  }

  private void report(HttpExchange exchange) throws IOException {
    String told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean ours = exchange.getRequestHeaders().getFirst("host").startsWith("app.");
    (ours ? own : other).complete(told);
    send(exchange, 200, Map.of());
  }

  /** {@return what the API's own page heard} */
  String ownReport() throws Exception {
    return own.get(30, TimeUnit.SECONDS);
  }

  /** {@return what somebody else's page could tell apart} */
  String otherReport() throws Exception {
    return other.get(120, TimeUnit.SECONDS);
  }

  private static void send(HttpExchange exchange, int status, Map<String, String> fields)
      throws IOException {
    send(exchange, status, fields, "");
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> fields, String body)
      throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    fields.forEach(exchange.getResponseHeaders()::set);
    boolean empty = octets.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : octets.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(octets, 0, empty ? 0 : octets.length);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

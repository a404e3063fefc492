package dev.discreet.demo;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's own little HTTP server, on a loopback port. */
final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  LoopbackServer(int port, String purpose) throws IOException {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      threads.close();
      throw new IOException(
          "port %d, for its %s, is not free (%s); is another demo running?"
              .formatted(port, purpose, e.getMessage()),
          e);
    }
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void handle(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  void json(HttpExchange exchange, int status, Map<String, ?> object) throws IOException {
    send(exchange, status, JSONObjectUtils.toJSONString(object));
  }

  /** Sends JSON; to HEAD its head alone. */
  void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] octets = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    boolean headOnly = exchange.getRequestMethod().equals("HEAD");
    if (headOnly) {
      exchange.getResponseHeaders().set("content-length", String.valueOf(octets.length));
    }
    exchange.sendResponseHeaders(status, headOnly || octets.length == 0 ? -1 : octets.length);
    if (!headOnly && octets.length > 0) {
      exchange.getResponseBody().write(octets);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.discreet.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The API that stands behind the gateway in {@link UpstreamPeersTest}, on the JDK's server. */
final class JdkApi {
  private static final int NO_BODY = -1;
  private static final int IN_CHUNKS = 0;
  private static final byte[] LARGE = "x".repeat(8 << 20).getBytes(StandardCharsets.US_ASCII);

  private JdkApi() {}

  /** Runs until it is killed; in a process of its own, since the JDK reads its settings once. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(start().getAddress().getPort());
  }

  /** Starts on a free loopback port. */
  static HttpServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", JdkApi::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("x-port", "" + exchange.getRemoteAddress().getPort());
    switch (exchange.getRequestURI().getPath()) {
      case "/hello", "/own/hello" -> hello(exchange);
      case "/nothing" -> exchange.sendResponseHeaders(204, NO_BODY);
      case "/chunked" -> send(exchange, 200, IN_CHUNKS, "in parts");
      case "/large" -> send(exchange, 200, LARGE.length, LARGE);
      case "/echo" -> echo(exchange);
      case "/early" -> {
        exchange.getResponseHeaders().set("connection", "close");
        exchange.sendResponseHeaders(413, NO_BODY);
      }
      case "/cut" -> send(exchange, 200, 100, "0123456789");
      default -> exchange.sendResponseHeaders(404, NO_BODY);
    }
    exchange.close();
  }

  private static void hello(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("etag", "\"1\"");
    if ("\"1\"".equals(exchange.getRequestHeaders().getFirst("if-none-match"))) {
      exchange.sendResponseHeaders(304, NO_BODY);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("content-length", "5");
      exchange.sendResponseHeaders(200, NO_BODY);
    } else {
      send(exchange, 200, 5, "hello");
    }
  }

  private static void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    send(exchange, 200, body.length, body);
  }

  private static void send(HttpExchange exchange, int status, long length, String body)
      throws IOException {
    send(exchange, status, length, body.getBytes(StandardCharsets.US_ASCII));
  }

  private static void send(HttpExchange exchange, int status, long length, byte[] body)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    OutputStream out = exchange.getResponseBody();
    out.write(body);
    out.flush();
  }
}

package dev.discreet.differential;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Says of each request what the JDK's server saw in it; of one to {@code /seen}, what nginx says
 * that it saw.
 */
final class JdkServer {
  private static final int NO_BODY = -1;

  private JdkServer() {}

  /** Runs until it is killed; in a process of its own, since the JDK reads its settings once. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", JdkServer::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Headers fields = exchange.getRequestHeaders();
      String target = exchange.getRequestURI().toString();
      boolean relayed = target.equals("/seen");
      List<String> words =
          List.of(
              relayed ? value(fields, "x-method") : exchange.getRequestMethod(),
              relayed ? value(fields, "x-target") : target,
              value(fields, relayed ? "x-host" : "host"),
              value(fields, "x-caller"),
              value(fields, "x-request-id"));
      exchange.getResponseHeaders().set("x-seen", Forwarded.seen(words, body));
      exchange.sendResponseHeaders(200, NO_BODY);
    }
  }

  private static String value(Headers fields, String name) {
    return String.join(",", fields.getOrDefault(name, List.of()));
  }
}

package dev.discreet.demo;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An API that owns the documents of two accounts, in memory, and asks nobody who calls: as APIs do
 * that rely on what stands in front of them. It tells every request that reaches it.
 */
final class DemoApi implements AutoCloseable {
  private final LoopbackServer server;
  private final Map<String, Map<String, String>> accounts = new TreeMap<>();
  private final AtomicInteger nextId = new AtomicInteger(100);
  private final Queue<String> reached = new ConcurrentLinkedQueue<>();
  private final Consumer<String> log;

  /** Starts; {@code log} is told every request that reaches it. */
  DemoApi(int port, Consumer<String> log) throws IOException {
    this.log = log;
    accounts.put("a1", new ConcurrentSkipListMap<>(Map.of("42", "Lease", "43", "Minutes")));
    accounts.put("b9", new ConcurrentSkipListMap<>(Map.of("7", "Merger")));
    server = new LoopbackServer(port, "API");
    server.handle("/", this::serve);
  }

  String url() {
    return server.url();
  }

  /** {@return what reached it since this was last asked} */
  List<String> reached() {
    List<String> all = new ArrayList<>();
    for (String one = reached.poll(); one != null; one = reached.poll()) {
      all.add(one);
    }
    return all;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    reached.add(request);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Reply reply = answer(exchange.getRequestMethod(), List.of(path.split("/", -1)), body);
    if (reply.location() != null) {
      exchange.getResponseHeaders().set("location", reply.location());
    }
    log.accept("the API was asked: " + request + " and answers " + reply.status());
    server.send(exchange, reply.status(), reply.body());
  }

  private record Reply(int status, String body, @Nullable String location) {
    static Reply of(int status, String body) {
      return new Reply(status, body, null);
    }

    static Reply notFound() {
      return of(404, "{\"error\":\"no such thing\"}");
    }
  }

  private Reply answer(String method, List<String> path, String body) {
    Map<String, String> documents = path.size() < 4 ? null : accounts.get(path.get(2));
    if (documents == null || !path.get(1).equals("accounts")) {
      return Reply.notFound();
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (path.size() == 4 && path.get(3).equals("login-options") && reads) {
      return Reply.of(200, "[\"password\",\"passkey\"]");
    }
    if (!path.get(3).equals("documents")) {
      return Reply.notFound();
    }
    return path.size() == 4
        ? collection(method, path.get(2), documents, body)
        : document(method, path.get(4), documents, body);
  }

  private Reply collection(
      String method, String account, Map<String, String> documents, String body) {
    return switch (method) {
      case "GET", "HEAD" ->
          Reply.of(200, JSONArrayUtils.toJSONString(List.copyOf(documents.keySet())));
      case "POST" -> {
        String id = String.valueOf(nextId.getAndIncrement());
        documents.put(id, body);
        yield new Reply(201, "", "/accounts/" + account + "/documents/" + id);
      }
      default -> Reply.of(405, "{\"error\":\"not here\"}");
    };
  }

  private static Reply document(
      String method, String id, Map<String, String> documents, String body) {
    return switch (method) {
      case "GET", "HEAD" -> {
        String text = documents.get(id);
        yield text == null
            ? Reply.notFound()
            : Reply.of(200, JSONArrayUtils.toJSONString(List.of(id, text)));
      }
      case "PUT" -> Reply.of(documents.put(id, body) == null ? 201 : 204, "");
      case "DELETE" -> documents.remove(id) == null ? Reply.notFound() : Reply.of(204, "");
      default -> Reply.of(405, "{\"error\":\"not here\"}");
    };
  }

  @Override
  public void close() {
    server.close();
  }
}

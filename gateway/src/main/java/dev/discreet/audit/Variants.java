package dev.discreet.audit;

import dev.discreet.audit.Body.Sending;
import dev.discreet.audit.Variant.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The ways to ask, oracle by oracle; what could change something comes last. */
final class Variants {
  /** The plainest: what it shows, others need not say again. */
  static final Variant PLAIN = Variant.of(Oracle.STATUS, "GET");

  private static final String DATE = "Tue, 01 Jan 2030 00:00:00 GMT";
  private static final String OLD = "Sat, 01 Jan 2000 00:00:00 GMT";
  private static final String JSON = "application/json";

  private Variants() {}

  /** {@return all but {@link #PLAIN}} */
  static List<Variant> all(String authority) {
    List<Variant> all = new ArrayList<>();
    methods(all);
    conditions(all);
    negotiation(all);
    spellings(all);
    forms(all, authority);
    callers(all);
    all.addAll(UnsafeVariants.all());
    return List.copyOf(all);
  }

  private static void methods(List<Variant> all) {
    all.add(Variant.of(Oracle.HEAD, "HEAD").method("HEAD"));
    all.add(Variant.of(Oracle.OPTIONS, "OPTIONS").method("OPTIONS"));
    for (String method : List.of("GET", "DELETE")) {
      all.add(
          Variant.of(Oracle.OPTIONS, "a preflight for " + method)
              .method("OPTIONS")
              .field("origin", "https://audit.example")
              .field("access-control-request-method", method)
              .as(Caller.NOBODY));
    }
    all.add(
        Variant.of(Oracle.OPTIONS, "GET with an origin").field("origin", "https://audit.example"));
    for (String method : List.of("TRACE", "PROPFIND", "X-AUDIT", "get")) {
      all.add(Variant.of(Oracle.METHOD, method).method(method));
    }
  }

  private static void conditions(List<Variant> all) {
    for (String range : List.of("bytes=0-0", "bytes=999999999-", "bytes=x")) {
      all.add(Variant.of(Oracle.RANGE, "range: " + range).field("range", range));
    }
    all.add(
        Variant.of(Oracle.RANGE, "range with if-range")
            .field("range", "bytes=0-0")
            .field("if-range", "\"audit\""));
    condition(all, "if-none-match", "*");
    condition(all, "if-none-match", "\"audit\"");
    condition(all, "if-match", "*");
    condition(all, "if-match", "\"audit\"");
    condition(all, "if-modified-since", DATE);
    condition(all, "if-modified-since", OLD);
    condition(all, "if-unmodified-since", OLD);
    all.add(
        Variant.of(Oracle.CONDITION, "HEAD with if-none-match: *")
            .method("HEAD")
            .field("if-none-match", "*"));
    all.add(
        Variant.of(Oracle.CACHING, "cache-control: no-cache").field("cache-control", "no-cache"));
    all.add(
        Variant.of(Oracle.CACHING, "cache-control: only-if-cached")
            .field("cache-control", "only-if-cached"));
  }

  private static void condition(List<Variant> all, String name, String value) {
    all.add(Variant.of(Oracle.CONDITION, name + ": " + value).field(name, value));
  }

  private static void negotiation(List<Variant> all) {
    for (String type : List.of(JSON, "text/html", "image/x-none", "*/*;q=0", "x")) {
      all.add(Variant.of(Oracle.NEGOTIATION, "accept: " + type).field("accept", type));
    }
    all.add(Variant.of(Oracle.NEGOTIATION, "accept-language: tlh").field("accept-language", "tlh"));
    all.add(
        Variant.of(Oracle.NEGOTIATION, "accept-charset: utf-7").field("accept-charset", "utf-7"));
    for (String coding : List.of("gzip, br, zstd", "identity;q=0", "*;q=0")) {
      all.add(
          Variant.of(Oracle.COMPRESSION, "accept-encoding: " + coding)
              .field("accept-encoding", coding));
    }
    all.add(
        Variant.of(Oracle.CROSS_SITE, "a page of another site")
            .field("sec-fetch-site", "cross-site")
            .field("sec-fetch-mode", "no-cors")
            .field("sec-fetch-dest", "image")
            .field("accept", "text/html,*/*;q=0.8"));
  }

  private static void spellings(List<Variant> all) {
    spelling(all, "a trailing slash", path -> path + "/");
    spelling(all, "in capitals", path -> path.toUpperCase(Locale.ROOT));
    spelling(all, "with .json", path -> path + ".json");
    spelling(all, "its last character encoded", Variants::encodedLast);
    spelling(all, "by way of a dot segment", path -> "/." + path);
    spelling(all, "with a double slash", path -> "/" + path);
    spelling(all, "with ;a=b", path -> path + ";a=b");
    spelling(all, "with a query", path -> path + (path.contains("?") ? "&" : "?") + "a=b");
    for (String child : List.of("/audit", "/audit/1", "/..%2f", "/%20")) {
      all.add(Variant.of(Oracle.CHILDREN, "GET of " + child + " below").path(path -> path + child));
    }
    all.add(
        Variant.of(Oracle.CHILDREN, "OPTIONS of /audit below")
            .method("OPTIONS")
            .path(path -> path + "/audit"));
  }

  private static void spelling(List<Variant> all, String title, UnaryOperator<String> change) {
    all.add(Variant.of(Oracle.SPELLING, "GET of the path " + title).path(change));
  }

  private static String encodedLast(String path) {
    int last = path.length() - 1;
    return path.substring(0, last) + "%%%02X".formatted((int) path.charAt(last));
  }

  private static void forms(List<Variant> all, String authority) {
    all.add(
        Variant.of(Oracle.CONNECTION, "connection: close")
            .field("connection", "close")
            .only(Protocol.H1));
    all.add(Variant.of(Oracle.VERSIONS, "HTTP/1.0").version("HTTP/1.0"));
    all.add(
        Variant.of(Oracle.VERSIONS, "HTTP/1.0 with keep-alive")
            .version("HTTP/1.0")
            .field("connection", "keep-alive"));
    all.add(Variant.of(Oracle.VERSIONS, "HTTP/1.2").version("HTTP/1.2"));
    all.add(
        Variant.of(Oracle.VERSIONS, "the absolute form")
            .path(path -> "http://" + authority + path)
            .only(Protocol.H1));
    all.add(
        Variant.of(Oracle.VERSIONS, "gRPC")
            .field("content-type", "application/grpc")
            .field("te", "trailers"));
    all.add(
        upgrade("websocket")
            .field("sec-websocket-version", "13")
            .field("sec-websocket-key", "ZGlzY3JlZXQtYXVkaXQtMQ=="));
    all.add(upgrade("h2c").field("http2-settings", "AAMAAABkAAQAAP__"));
    all.add(Variant.of(Oracle.PIPELINING, "itself, missing, itself").place("-m-"));
    all.add(Variant.of(Oracle.PIPELINING, "missing, itself, missing").place("m-m"));
    all.add(Variant.of(Oracle.REQUEST_BODY, "GET with a body").body(Body.sized(64)));
    all.add(
        Variant.of(Oracle.REQUEST_BODY, "GET with a body that is held back")
            .body(Body.sized(64).sent(Sending.HELD)));
    all.add(
        Variant.of(Oracle.CONTINUE, "GET with expect: 100-continue")
            .body(Body.sized(64).sent(Sending.EXPECTING)));
  }

  private static Variant upgrade(String to) {
    return Variant.of(Oracle.UPGRADE, "upgrade to " + to)
        .field("connection", to.equals("h2c") ? "upgrade, http2-settings" : "upgrade")
        .field("upgrade", to)
        .only(Protocol.H1);
  }

  private static void callers(List<Variant> all) {
    for (String method : List.of("GET", "OPTIONS")) {
      all.add(
          Variant.of(Oracle.ANONYMOUS, method + " without a token")
              .method(method)
              .as(Caller.NOBODY));
      all.add(
          Variant.of(Oracle.ANONYMOUS, method + " with a token that is none")
              .method(method)
              .as(Caller.GARBAGE));
    }
  }
}

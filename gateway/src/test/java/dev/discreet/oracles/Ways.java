package dev.discreet.oracles;

import dev.discreet.oracles.Ask.Body;
import dev.discreet.oracles.Way.First;
import dev.discreet.oracles.Way.In;
import java.util.ArrayList;
import java.util.List;

/** The ways to ask, by the number of their oracle. */
final class Ways {
  private static final String JSON = "content-type: application/json";
  private static final String ORIGIN = "origin: https://app.example.com";

  /** More than a gateway reads of what it refuses (SPEC §3, {@code limits.drain}). */
  private static final int LARGE = 100_000;

  private static final int HUGE = 100 << 20;

  private Ways() {}

  static List<Way> all() {
    List<Way> all = new ArrayList<>();
    answers(all);
    connections(all);
    bodies(all);
    methods(all);
    conditions(all);
    HeadWays.addTo(all);
    forms(all);
    relatives(all);
    return all;
  }

  private static void answers(List<Way> all) {
    for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
      all.add(Way.of(1, method).method(method));
    }
    all.add(Way.of(2, "no field but the template's").showing(Expect.without("allow", "location")));
    all.add(Way.of(2, "DELETE").method("DELETE").showing(Expect.without("allow", "location")));
    all.add(Way.of(3, "a body that says nothing of the request").showing(Expect::canonicalBody));
    all.add(
        Way.of(3, "a page that says nothing of the request")
            .field("accept: text/html")
            .showing(Expect::silent));
    all.add(Way.of(4, "a length, and one DATA").telling(Expect::framedByLength));
  }

  private static void connections(List<Way> all) {
    all.add(Way.of(5, "keep-alive").field("connection: keep-alive").only(In.HTTP1));
    all.add(Way.of(5, "close").field("connection: close").only(In.HTTP1));
    all.add(Way.of(5, "five in a row").order("-m-m-"));
    all.add(Way.of(6, "a connection of its own").first(First.CONNECT));
    all.add(Way.of(6, "an id that nobody asked for before").first(First.NEW_ID));
    all.add(Way.of(7, "itself, missing, itself in one write").order("-m-"));
    all.add(Way.of(7, "missing, itself, missing in one write").order("m-m"));
    all.add(Way.of(7, "DELETE thrice in one write").method("DELETE").order("-m-"));
  }

  private static void bodies(List<Way> all) {
    for (String method : List.of("GET", "PUT", "POST")) {
      all.add(sent(8, method + " of 64 octets", method, Body.sized(64)));
      all.add(sent(8, method + " whose body is held", method, new Body(64, 64, true)));
    }
    all.add(sent(8, "PUT in chunks", "PUT", new Body(Body.CHUNKS, 300, false)));
    all.add(sent(8, "PUT of more than is read", "PUT", Body.sized(LARGE)));
    all.add(sent(8, "PUT of 100 MiB, begun", "PUT", new Body(HUGE, LARGE, false)));
    all.add(sent(8, "PUT of 100 MiB, not begun", "PUT", new Body(HUGE, 0, true)));
    for (String method : List.of("PUT", "POST")) {
      all.add(
          sent(9, method + " of 64 octets", method, new Body(64, 0, true))
              .field("expect: 100-continue"));
      all.add(
          sent(9, method + " of 100 MiB", method, new Body(HUGE, 0, true))
              .field("expect: 100-continue"));
    }
    all.add(
        Way.of(9, "an expectation that nobody meets")
            .field("expect: 200-ok")
            .telling(Expect.status(417)));
  }

  private static Way sent(int oracle, String title, String method, Body body) {
    return Way.of(oracle, title).method(method).field(JSON).body(body);
  }

  private static void methods(List<Way> all) {
    for (String method : List.of("PROPFIND", "X-UNKNOWN", "get", "MKCOL", "PRI")) {
      all.add(Way.of(10, method).method(method).showing(Expect.without("allow")));
    }
    all.add(Way.of(10, "TRACE").method("TRACE").telling(Expect.status(405)));
    for (String name : List.of("x-http-method-override", "x-http-method", "x-method-override")) {
      all.add(Way.of(10, name).method("POST").field(name + ": DELETE"));
    }
    for (String method : List.of("GET", "DELETE", "PURGE")) {
      all.add(preflight("a preflight for " + method, ORIGIN, method));
      all.add(preflight("another's preflight for " + method, "origin: https://x.test", method));
    }
    all.add(Way.of(11, "OPTIONS").method("OPTIONS"));
    for (String method : List.of("GET", "DELETE")) {
      all.add(
          Way.of(11, method + " of a listed origin")
              .method(method)
              .field(ORIGIN)
              .showing(Expect.readableBy("https://app.example.com")));
      all.add(
          Way.of(11, method + " of another origin")
              .method(method)
              .field("origin: https://x.test")
              .showing(Expect.without("access-control-allow-origin")));
    }
    all.add(Way.of(12, "HEAD as GET").order("H-").telling(Expect::headIsThatOfGet));
    all.add(Way.of(12, "HEAD").method("HEAD"));
  }

  private static Way preflight(String title, String origin, String method) {
    return Way.of(11, title)
        .method("OPTIONS")
        .field(origin)
        .field("access-control-request-method: " + method)
        .telling(Expect.status(204));
  }

  private static void conditions(List<Way> all) {
    for (String range : List.of("bytes=0-0", "bytes=999999-", "bytes=-1", "bytes=x")) {
      all.add(Way.of(13, range).field("range: " + range));
    }
    all.add(Way.of(13, "if-range").field("range: bytes=0-0").field("if-range: \"1\""));
    List<String> conditions =
        List.of(
            "if-none-match: *",
            "if-none-match: \"1\"",
            "if-match: *",
            "if-match: \"1\"",
            "if-modified-since: Tue, 01 Jan 2030 00:00:00 GMT",
            "if-unmodified-since: Sat, 01 Jan 2000 00:00:00 GMT");
    for (String condition : conditions) {
      for (String method : List.of("GET", "DELETE")) {
        all.add(Way.of(14, method + ", " + condition).method(method).field(condition));
      }
    }
    all.add(Way.of(14, "HEAD, if-none-match: *").method("HEAD").field("if-none-match: *"));
    all.add(sent(14, "PUT, if-match: *", "PUT", Body.sized(2)).field("if-match: *"));
    for (String type : List.of("application/json", "text/html", "image/none", "*/*;q=0", "x")) {
      all.add(Way.of(15, "accept: " + type).field("accept: " + type));
    }
    all.add(Way.of(15, "accept-language").field("accept-language: tlh"));
    all.add(Way.of(15, "accept-charset").field("accept-charset: utf-7"));
    for (String method : List.of("PUT", "POST", "PATCH")) {
      all.add(sent(16, method + " of broken JSON", method, Body.sized(1)));
      all.add(
          Way.of(16, method + " of no known type")
              .method(method)
              .field("content-type: x/none")
              .body(Body.sized(2)));
    }
    all.add(Way.of(16, "a query").path(path -> path + "?page=none&sort=;"));
    all.add(sent(17, "PUT that would create", "PUT", Body.sized(2)).field("if-none-match: *"));
    all.add(sent(17, "POST that would create", "POST", Body.sized(2)));
    all.add(sent(17, "POST below", "POST", Body.sized(2)).path(path -> path + "/notes"));
  }

  private static void forms(List<Way> all) {
    all.add(
        upgrade("websocket")
            .field("sec-websocket-version: 13")
            .field("sec-websocket-key: ZGlzY3JlZXQtYXVkaXQtMQ=="));
    all.add(upgrade("h2c").field("http2-settings: AAMAAABkAAQAAP__"));
    all.add(
        Way.of(29, "CONNECT").method("CONNECT").only(In.HTTP1).telling(Expect.status(405, 400)));
    all.add(Way.of(30, "HTTP/1.0").version("HTTP/1.0"));
    all.add(Way.of(30, "HTTP/1.2").version("HTTP/1.2").telling(Expect.status(404, 401, 200, 505)));
    all.add(
        Way.of(30, "the absolute form")
            .path(path -> "http://" + Ask.HOST + path)
            .only(In.HTTP1)
            .telling(Expect.status(404, 401, 200)));
    for (String method : List.of("GET", "POST")) {
      all.add(
          Way.of(30, method + " by gRPC")
              .method(method)
              .field("content-type: application/grpc")
              .field("te: trailers")
              .only(In.HTTP2)
              .telling(Expect.grpc()));
    }
  }

  private static Way upgrade(String to) {
    String names = to.equals("h2c") ? "upgrade, http2-settings" : "upgrade";
    return Way.of(29, to).field("connection: " + names).field("upgrade: " + to).only(In.HTTP1);
  }

  private static void relatives(List<Way> all) {
    for (String method : List.of("GET", "DELETE", "HEAD")) {
      all.add(Way.of(31, method).method(method));
      all.add(Way.of(32, method + " after failures").method(method));
      all.add(
          Way.of(33, method + " of what is in the cache").method(method).first(First.OTHERS_ASK));
      all.add(Way.of(33, method + " of what is in no cache").method(method).first(First.NEW_ID));
      all.add(Way.of(34, method + " opens no connection").method(method).first(First.CONNECT));
      all.add(Way.of(46, method + " as what no route matches").method(method));
    }
    for (String child : List.of("/pages/1", "/publish", "/none", "/pages", "/pages/1/none")) {
      all.add(Way.of(35, "GET of " + child).path(path -> path + child));
    }
    all.add(Way.of(35, "DELETE of /pages/1").method("DELETE").path(path -> path + "/pages/1"));
    all.add(Way.of(35, "POST of /publish").method("POST").path(path -> path + "/publish"));
    all.add(Way.of(50, "200 others hold something on it"));
    all.add(Way.of(50, "DELETE, 200 others hold something on it").method("DELETE"));
  }
}

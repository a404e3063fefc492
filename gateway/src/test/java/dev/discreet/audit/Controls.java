package dev.discreet.audit;

import dev.discreet.audit.Leaky.Answer;
import dev.discreet.audit.Leaky.Asked;
import dev.discreet.audit.Leaky.Leak;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The leaks that whoever looks for some must find, each alone. */
public final class Controls {
  private static final AtomicInteger LEFT = new AtomicInteger(1_000_000);

  private Controls() {}

  /**
   * A leak.
   *
   * @param oracle under which it must be found
   * @param leak what becomes of the answer for what exists
   * @param missing and for what does not
   */
  public record Control(Protocol protocol, Oracle oracle, String title, Leak leak, Leak missing) {
    @Override
    public String toString() {
      return protocol.title() + ": " + title;
    }
  }

  private interface Change {
    void make(Answer answer);
  }

  private static Control h1(Oracle oracle, String title, Change change) {
    return h1(oracle, title, asked -> true, change);
  }

  private static Control h1(Oracle oracle, String title, Predicate<Asked> when, Change change) {
    return control(Protocol.H1, oracle, title, when, change);
  }

  private static Control h2(Oracle oracle, String title, Predicate<Asked> when, Change change) {
    return control(Protocol.H2, oracle, title, when, change);
  }

  private static Control control(
      Protocol protocol, Oracle oracle, String title, Predicate<Asked> when, Change change) {
    return new Control(
        protocol,
        oracle,
        title,
        (asked, answer) -> {
          if (when.test(asked)) {
            change.make(answer);
          }
        },
        (asked, answer) -> {});
  }

  private static boolean isOfNoMethod(Asked asked) {
    return asked.method().startsWith("X-");
  }

  private static boolean isBelow(Asked asked) {
    return asked.path().startsWith(LeakyServer.HIDDEN + "/") && !asked.path().endsWith("/");
  }

  private static Predicate<Asked> method(String name) {
    return asked -> asked.method().equals(name);
  }

  private static Predicate<Asked> with(String field) {
    return asked -> asked.has(field);
  }

  private static Predicate<Asked> pathEnds(String end) {
    return asked -> asked.path().endsWith(end);
  }

  /** {@return all of them} */
  public static Stream<Control> all() {
    return Stream.of(answers(), requests(), PathControls.guilty(), ofBoth()).flatMap(List::stream);
  }

  /** What both protocols have, where what is missing is changed too. */
  private static List<Control> ofBoth() {
    List<Control> all = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      all.add(
          new Control(
              protocol,
              Oracle.BODY,
              "an octet of the body beyond 64 KiB",
              (asked, answer) -> answer.body = large('b'),
              (asked, answer) -> answer.body = large('a')));
      all.add(
          new Control(
              protocol,
              Oracle.STATUS,
              "a field of an interim answer",
              (asked, answer) -> answer.early.add(new Field("link", "</b.css>")),
              (asked, answer) -> answer.early.add(new Field("link", "</a.css>"))));
      all.add(
          new Control(
              protocol,
              Oracle.STATUS,
              "the names of an interim answer's fields",
              (asked, answer) -> answer.early.add(new Field("link", "</a.css>")),
              (asked, answer) -> answer.early.add(new Field("Link", "</a.css>"))));
    }
    return all;
  }

  private static String large(char octet) {
    return "a".repeat(69_000) + octet + "a".repeat(999);
  }

  static List<Control> answers() {
    return List.of(
        h1(Oracle.STATUS, "403 for 404", a -> a.status(403, "Forbidden")),
        h1(Oracle.STATUS, "another reason", a -> a.reason = "Nothing Here"),
        h1(Oracle.FIELDS, "a further header", a -> a.set("x-owner", "7")),
        h1(Oracle.FIELDS, "the order of headers", Answer::reverse),
        h1(Oracle.FIELDS, "the case of headers", Answer::capitals),
        h1(
            Oracle.FIELDS,
            "the value of a header",
            a -> a.set("content-type", "application/problem+xml")),
        h1(
            Oracle.FIELDS,
            "the length of what varies",
            a -> a.set("x-request-id", "0" + LEFT.getAndIncrement())),
        h1(Oracle.BODY, "the body, as long", a -> a.body = "{\"title\":\"Not found\"}"),
        h1(Oracle.FRAMING, "chunks", a -> a.chunked = true),
        h1(Oracle.CONNECTION, "connection: close", a -> a.set("connection", "close").closes = true),
        h1(Oracle.CONNECTION, "a connection that ends unsaid", a -> a.closes = true),
        h1(Oracle.CACHING, "etag", a -> a.set("etag", "\"1\"")),
        h1(Oracle.CACHING, "age", a -> a.set("age", "3")),
        h1(Oracle.CACHING, "cache-control", a -> a.set("cache-control", "private")),
        h1(Oracle.CACHING, "vary", a -> a.set("vary", "accept")),
        h1(
            Oracle.RATE,
            "a rate limit that counts what exists",
            a -> a.set("ratelimit-remaining", "" + LEFT.decrementAndGet())),
        h1(Oracle.RATE, "retry-after", a -> a.set("retry-after", "1")),
        h1(
            Oracle.COMPRESSION,
            "content-encoding",
            with("accept-encoding"),
            a -> a.set("content-encoding", "identity")),
        h1(Oracle.COOKIES, "set-cookie", a -> a.set("set-cookie", "a=b")),
        h1(Oracle.CHALLENGE, "www-authenticate", a -> a.set("www-authenticate", "Bearer")),
        h1(Oracle.TRACING, "server-timing", a -> a.set("server-timing", "db;dur=1")),
        h1(Oracle.TRACING, "via", a -> a.set("via", "1.1 upstream")),
        h2(Oracle.STATUS, "403 for 404", asked -> true, a -> a.status(403, "")),
        h2(Oracle.FRAMING, "DATA in two", asked -> true, a -> a.split = true),
        h2(
            Oracle.METHOD,
            "a reset stream for what is no method",
            Controls::isOfNoMethod,
            a -> a.resets = true));
  }

  static List<Control> requests() {
    return List.of(
        h1(
            Oracle.HEAD,
            "HEAD with another length",
            method("HEAD"),
            a -> a.set("content-length", "99")),
        h1(Oracle.OPTIONS, "allow for OPTIONS", method("OPTIONS"), a -> a.set("allow", "GET, PUT")),
        h1(Oracle.OPTIONS, "CORS", with("origin"), a -> a.set("access-control-allow-origin", "*")),
        h1(
            Oracle.METHOD,
            "405 for DELETE",
            method("DELETE"),
            a -> a.status(405, "No").set("allow", "GET")),
        h1(
            Oracle.METHOD,
            "501 for what is no method",
            Controls::isOfNoMethod,
            a -> a.status(501, "No")),
        h1(Oracle.METHOD, "TRACE", method("TRACE"), a -> a.status(405, "No")),
        h1(Oracle.RANGE, "206", with("range"), a -> a.status(206, "Partial Content")),
        h1(
            Oracle.RANGE,
            "416",
            asked -> asked.field("range").startsWith("bytes=9"),
            a -> a.status(416, "No")),
        h1(
            Oracle.CONDITION,
            "304",
            asked -> asked.field("if-none-match").equals("*"),
            a -> {
              a.status(304, "Not Modified");
              a.body = "";
            }),
        h1(Oracle.CONDITION, "412", with("if-match"), a -> a.status(412, "No")),
        h1(
            Oracle.NEGOTIATION,
            "406",
            asked -> asked.field("accept").startsWith("image/"),
            a -> a.status(406, "No")),
        h1(
            Oracle.CONTENT,
            "415",
            asked -> asked.field("content-type").equals("x/none"),
            a -> a.status(415, "No")),
        h1(
            Oracle.REQUEST_BODY,
            "413",
            asked -> asked.field("content-length").length() > 5,
            a -> a.status(413, "No")),
        h1(
            Oracle.REQUEST_BODY,
            "a body that is read first",
            with("content-length"),
            a -> a.readsFirst = true),
        h1(
            Oracle.REQUEST_BODY,
            "a body that is not read",
            asked -> asked.has("content-length") && !asked.has("expect"),
            a -> a.closes = true),
        h1(Oracle.CONTINUE, "100", with("expect"), a -> a.continues = true),
        h1(
            Oracle.SPELLING,
            "a redirect of the slash",
            pathEnds("/"),
            a -> a.status(308, "There").set("location", "/things")),
        h1(
            Oracle.SPELLING,
            "capitals",
            asked -> asked.path().startsWith("/THINGS"),
            a -> a.status(301, "There")),
        h1(Oracle.SPELLING, "a suffix", pathEnds(".json"), a -> a.status(403, "No")),
        h1(Oracle.CHILDREN, "what lies below", Controls::isBelow, a -> a.status(403, "No")),
        h1(
            Oracle.UPGRADE,
            "WebSocket",
            asked -> asked.field("upgrade").equals("websocket"),
            a -> a.status(426, "Upgrade")),
        h1(
            Oracle.UPGRADE,
            "h2c",
            asked -> asked.field("upgrade").equals("h2c"),
            a -> a.status(101, "Switching").set("upgrade", "h2c").body = ""),
        h1(
            Oracle.VERSIONS,
            "HTTP/1.0",
            asked -> asked.protocol().equals("HTTP/1.0"),
            a -> a.status(403, "No")),
        h1(
            Oracle.ANONYMOUS,
            "401",
            asked -> !asked.has("authorization"),
            a -> a.status(401, "Who")),
        h1(
            Oracle.CROSS_SITE,
            "a page of another site",
            with("sec-fetch-site"),
            a -> a.status(403, "No")),
        h2(
            Oracle.VERSIONS,
            "gRPC",
            asked -> asked.field("content-type").startsWith("application/grpc"),
            a -> a.set("grpc-status", "7")),
        h2(Oracle.METHOD, "405 for DELETE", method("DELETE"), a -> a.status(405, "")),
        h2(Oracle.CONDITION, "412", with("if-match"), a -> a.status(412, "")));
  }

  /** Leaks of time, in ns. */
  static Leak slower(long nanos) {
    return (asked, answer) -> answer.delayNanos = nanos;
  }
}

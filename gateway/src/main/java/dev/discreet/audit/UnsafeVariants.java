package dev.discreet.audit;

import dev.discreet.audit.Body.Sending;
import dev.discreet.audit.Variant.Caller;
import java.util.ArrayList;
import java.util.List;

/** The ways to ask that could change something, oracle by oracle. */
final class UnsafeVariants {
  static final Variant DELETE = Variant.of(Oracle.METHOD, "DELETE").method("DELETE");

  private static final String JSON = "application/json";

  /** More than a server should read of what it will not have. */
  private static final int LARGE = 1 << 20;

  private UnsafeVariants() {}

  /** {@return all of them} */
  static List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    for (String method : List.of("PUT", "POST", "PATCH", "DELETE")) {
      all.add(Variant.of(Oracle.METHOD, method).method(method));
    }
    for (String method : List.of("PUT", "POST", "PATCH")) {
      Variant sent = Variant.of(Oracle.CONTENT, "").method(method);
      all.add(titled(sent, method + " of JSON").field("content-type", JSON).body(Body.sized(2)));
      all.add(
          titled(sent, method + " of no known type")
              .field("content-type", "x/none")
              .body(Body.sized(2)));
      all.add(
          titled(sent, method + " of broken JSON").field("content-type", JSON).body(Body.sized(1)));
      all.add(
          titled(sent, method + " in chunks").field("content-type", JSON).body(Body.chunked(2000)));
    }
    bodies(all);
    for (String condition : List.of("if-match", "if-none-match")) {
      all.add(
          Variant.of(Oracle.CONDITION, "PUT with " + condition + ": *")
              .method("PUT")
              .field(condition, "*")
              .body(Body.sized(2)));
      all.add(
          Variant.of(Oracle.CONDITION, "DELETE with " + condition + ": \"audit\"")
              .method("DELETE")
              .field(condition, "\"audit\""));
    }
    all.add(
        Variant.of(Oracle.METHOD, "POST that would be DELETE")
            .method("POST")
            .field("x-http-method-override", "DELETE"));
    all.add(
        Variant.of(Oracle.SPELLING, "DELETE of the path a trailing slash")
            .method("DELETE")
            .path(path -> path + "/"));
    all.add(
        Variant.of(Oracle.CHILDREN, "POST of /audit below")
            .method("POST")
            .path(path -> path + "/audit"));
    all.add(
        Variant.of(Oracle.ANONYMOUS, "DELETE without a token").method("DELETE").as(Caller.NOBODY));
    all.add(
        Variant.of(Oracle.VERSIONS, "POST by gRPC")
            .method("POST")
            .field("content-type", "application/grpc")
            .field("te", "trailers")
            .body(Body.sized(5)));
    return all;
  }

  private static void bodies(List<Variant> all) {
    Variant put = Variant.of(Oracle.REQUEST_BODY, "").method("PUT").field("content-type", JSON);
    all.add(titled(put, "PUT of 1 MiB").body(Body.sized(LARGE)));
    all.add(titled(put, "PUT of 1 MiB in a chunk").body(Body.chunked(LARGE)));
    all.add(
        titled(put, "PUT of 1 MiB that is held back").body(Body.sized(LARGE).sent(Sending.HELD)));
    all.add(
        titled(put, "PUT of 64 octets that are held back").body(Body.sized(64).sent(Sending.HELD)));
    Variant expect = Variant.of(Oracle.CONTINUE, "").field("content-type", JSON);
    for (String method : List.of("PUT", "POST")) {
      all.add(
          titled(expect, method + " of 64 octets with expect: 100-continue")
              .method(method)
              .body(Body.sized(64).sent(Sending.EXPECTING)));
      all.add(
          titled(expect, method + " of 1 MiB with expect: 100-continue")
              .method(method)
              .body(Body.sized(LARGE).sent(Sending.EXPECTING)));
    }
  }

  private static Variant titled(Variant variant, String title) {
    return new Variant(
        variant.oracle(),
        title,
        variant.method(),
        variant.path(),
        variant.version(),
        variant.fields(),
        variant.body(),
        variant.caller(),
        variant.protocols(),
        variant.place());
  }
}

package dev.discreet.oracles;

import dev.discreet.oracles.Ask.Body;
import dev.discreet.oracles.Told.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A way to ask, through which an oracle could speak. */
final class Way {
  /** What happens first. */
  enum First {
    NOTHING,
    /** Nobody has used the connection before. */
    CONNECT,
    /** Who may asks for it, and who may know asks for both. */
    OTHERS_ASK,
    /** Another id is taken, which nobody has asked for before. */
    NEW_ID
  }

  /** Which protocols have it. */
  enum In {
    BOTH,
    HTTP1,
    HTTP2
  }

  private final int oracle;
  private final String title;
  private String method = "GET";
  private UnaryOperator<String> path = UnaryOperator.identity();
  private String version = "HTTP/1.1";
  private final List<String> fields = new ArrayList<>();
  private Body body = Body.EMPTY;
  private String order = "-";
  private First first = First.NOTHING;
  private In in = In.BOTH;
  private BiConsumer<Outsider, Told> check = Way::refused;

  private Way(int oracle, String title) {
    this.oracle = oracle;
    this.title = title;
  }

  /** Begins with a GET whose answer is the canonical refusal. */
  static Way of(int oracle, String title) {
    return new Way(oracle, title);
  }

  private static void refused(Outsider outsider, Told told) {
    Expect.refusal(outsider, told.answer());
  }

  Way method(String name) {
    method = name;
    return this;
  }

  Way path(UnaryOperator<String> change) {
    path = change;
    return this;
  }

  Way version(String other) {
    version = other;
    return only(In.HTTP1);
  }

  Way field(String field) {
    fields.add(field);
    return this;
  }

  Way body(Body other) {
    body = other;
    return this;
  }

  /** Several at once: {@code -} is the path, {@code m} a missing one, {@code H} is HEAD of it. */
  Way order(String several) {
    order = several;
    return this;
  }

  Way first(First other) {
    first = other;
    return this;
  }

  Way only(In protocols) {
    in = protocols;
    return this;
  }

  /** Looks at what the outsider is told of what is hidden, in place of the canonical refusal. */
  Way telling(BiConsumer<Outsider, Told> other) {
    check = other;
    return this;
  }

  /** Looks at the answer beside its being the canonical refusal. */
  Way showing(BiConsumer<Outsider, Answer> more) {
    check =
        (outsider, told) -> {
          refused(outsider, told);
          more.accept(outsider, told.answer());
        };
    return this;
  }

  int oracle() {
    return oracle;
  }

  First first() {
    return first;
  }

  boolean spokenIn(Transport transport) {
    return in == In.BOTH || (in == In.HTTP2) == transport.http2();
  }

  void check(Outsider outsider, Told told) {
    check.accept(outsider, told);
  }

  /** {@return the methods that it uses} */
  String method() {
    return method;
  }

  /** {@return the requests for a path} */
  List<Ask> asks(String asked, String missing, Credentials credentials) {
    return order
        .chars()
        .mapToObj(
            each -> ask(each == 'H' ? "HEAD" : method, each == 'm' ? missing : asked, credentials))
        .toList();
  }

  private Ask ask(String name, String base, Credentials credentials) {
    String target = path.apply(base);
    List<String> all = new ArrayList<>(credentials.of(name, target));
    all.addAll(fields);
    return new Ask(name, target, version, all, body);
  }

  /** Who says who asks. */
  interface Credentials {
    List<String> of(String method, String path);
  }

  @Override
  public String toString() {
    return title;
  }
}

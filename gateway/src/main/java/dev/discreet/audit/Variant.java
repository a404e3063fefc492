package dev.discreet.audit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A way to ask for a path.
 *
 * @param oracle what could speak by it
 * @param title it, for people
 * @param path what becomes of the path
 * @param fields beside the credential
 * @param caller whose request it is
 * @param place of the path among others for what is missing, all sent at once: {@code -} is the
 *     path, {@code m} a missing one
 */
record Variant(
    Oracle oracle,
    String title,
    String method,
    UnaryOperator<String> path,
    String version,
    List<Field> fields,
    Body body,
    Caller caller,
    Set<Protocol> protocols,
    String place) {
  /** Methods that ask for no change (RFC 9110 §9.2.1), and one that no server knows. */
  static final Set<String> SAFE =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "X-AUDIT", "get");

  enum Caller {
    TOKEN,
    NOBODY,
    GARBAGE
  }

  static Variant of(Oracle oracle, String title) {
    return new Variant(
        oracle,
        title,
        "GET",
        UnaryOperator.identity(),
        Ask.VERSION,
        List.of(),
        Body.NONE,
        Caller.TOKEN,
        EnumSet.allOf(Protocol.class),
        "-");
  }

  Variant method(String name) {
    return new Variant(oracle, title, name, path, version, fields, body, caller, protocols, place);
  }

  Variant path(UnaryOperator<String> change) {
    return new Variant(
        oracle, title, method, change, version, fields, body, caller, protocols, place);
  }

  Variant version(String other) {
    return new Variant(
        oracle, title, method, path, other, fields, body, caller, EnumSet.of(Protocol.H1), place);
  }

  Variant field(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Variant(oracle, title, method, path, version, more, body, caller, protocols, place);
  }

  Variant body(Body other) {
    return new Variant(
        oracle, title, method, path, version, fields, other, caller, protocols, place);
  }

  Variant as(Caller other) {
    return new Variant(oracle, title, method, path, version, fields, body, other, protocols, place);
  }

  Variant only(Protocol protocol) {
    return new Variant(
        oracle, title, method, path, version, fields, body, caller, EnumSet.of(protocol), place);
  }

  Variant place(String among) {
    return new Variant(
        oracle, title, method, path, version, fields, body, caller, protocols, among);
  }

  /** {@return whether it could change something where the caller may do that} */
  boolean unsafe() {
    return !SAFE.contains(method)
        || fields.stream().anyMatch(field -> field.name().contains("method-override"));
  }

  /** {@return the requests for {@code asked}} */
  List<Ask> asks(String asked, String missing, String token) {
    List<Field> all = new ArrayList<>();
    switch (caller) {
      case TOKEN -> all.add(new Field("authorization", "Bearer " + token));
      case GARBAGE -> all.add(new Field("authorization", "Bearer discreet-audit"));
      case NOBODY -> {
        // No credential is what makes it nobody.
      }
    }
    all.addAll(fields);
    return place
        .chars()
        .mapToObj(each -> path.apply(each == '-' ? asked : missing))
        .map(each -> new Ask(method, each, version, List.copyOf(all), body))
        .toList();
  }
}

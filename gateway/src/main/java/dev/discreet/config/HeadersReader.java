package dev.discreet.config;

import dev.discreet.policy.HeaderChanges;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code headers}, of the gateway or of a route. */
final class HeadersReader {
  private static final Key<HeaderChanges.Change> REQUEST =
      change(
          "request",
          HeaderNames::forClaim,
          HeaderNames::removable,
          "Of what is sent upstream; what a client says under these names is dropped.");
  private static final Key<HeaderChanges.Change> RESPONSE =
      change(
          "response",
          HeaderNames::forAnswer,
          HeaderNames::forAnswer,
          "Of what the upstream answers; the gateway's own answers stay as they are.");
  private static final Keys KEYS = Keys.of(REQUEST, RESPONSE);
  private static final Type<HeaderChanges> TYPE =
      Types.mapping(KEYS, s -> new HeaderChanges(s.get(REQUEST), s.get(RESPONSE)));
  private static final String DESCRIPTION =
      "Header fields that are set or removed where a request is forwarded";

  static final Key<HeaderChanges> OF_GATEWAY =
      new Key<>("headers", TYPE, false, HeaderChanges.NONE, null, DESCRIPTION + ".");
  static final Key<HeaderChanges> OF_ROUTE =
      Key.optional("headers", TYPE, DESCRIPTION + ", in place of the gateway's.");

  private HeadersReader() {}

  private static Key<HeaderChanges.Change> change(
      String name,
      Function<String, String> settable,
      Function<String, String> removable,
      String description) {
    Key<Map<String, String>> set =
        Key.of(
            "set",
            HeaderFields.named(settable),
            "{}",
            "Fields, in place of any of that name; a value may be {file: path}.");
    Key<List<String>> remove =
        Key.of(
            "remove",
            Types.list(Types.parsed(HeaderNames.PATTERN, removable)),
            "[]",
            "Names of fields that go no further.");
    return Key.section(
        name,
        Keys.of(set, remove),
        s -> new HeaderChanges.Change(s.get(set), dropped(s.get(set).keySet(), s.get(remove))),
        description);
  }

  private static Set<String> dropped(Set<String> set, List<String> removed) {
    Set<String> dropped = new HashSet<>();
    set.forEach(name -> dropped.add(ReservedHeaders.canonical(name)));
    removed.forEach(name -> dropped.add(ReservedHeaders.canonical(name)));
    return dropped;
  }
}

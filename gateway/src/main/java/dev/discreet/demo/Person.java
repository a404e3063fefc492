package dev.discreet.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The people whom the demo's identity server knows. */
enum Person {
  /** Reads the documents of account a1. */
  ALICE(Map.of("account", "a1", "scope", "documents:list documents:read")),
  /** Lists them, no more: she may know what exists there. */
  LENA(Map.of("account", "a1", "scope", "documents:list")),
  /** Writes them. */
  EDDA(
      Map.of(
          "account",
          "a1",
          "scope",
          "documents:list documents:read documents:create documents:write")),
  /** Belongs to another account altogether. */
  OSCAR(Map.of("account", "z9", "scope", "documents:list documents:read documents:delete")),
  /** Belongs to the staff. */
  SAM(Map.of("groups", List.of("staff"))),
  /** Owns one document. */
  CAROL(Map.of()),
  /** Has a token of an issuer whose keys the gateway can't get. */
  PIA(Map.of());

  @SuppressWarnings("ImmutableEnumChecker") // what Map.of makes never changes
  private final Map<String, Object> claims;

  Person(Map<String, Object> claims) {
    this.claims = claims;
  }

  Map<String, Object> claims() {
    return claims;
  }

  String subject() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Person named(@Nullable String name) {
    return Arrays.stream(values())
        .filter(person -> person.subject().equals(name))
        .findFirst()
        .orElse(null);
  }

  static String all() {
    return Arrays.stream(values()).map(Person::subject).collect(Collectors.joining(", "));
  }
}

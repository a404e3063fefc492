package dev.discreet.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The claims of a token, and the names that the issuer's configuration gives to some of them. */
public final class Claims {
  private final Map<String, Object> all;
  private final Map<String, ClaimPath> names;
  // Filled by the names that patterns use, so bounded by the configuration.
  private final Map<String, Set<String>> segments = new ConcurrentHashMap<>();

  /**
   * Holds what a token says.
   *
   * @param all the claims: strings, numbers (as {@code BigDecimal}), booleans, lists and maps
   * @param names {@code issuers.NAME.claims}: names for {@code {claims.NAME}}
   */
  public Claims(Map<String, Object> all, Map<String, ClaimPath> names) {
    this.all = all;
    this.names = Map.copyOf(names);
  }

  /** {@return the value at {@code path}, or null} */
  public @Nullable Object at(ClaimPath path) {
    return path.in(all);
  }

  /** {@return every claim by its name; the configuration's names go before the token's} */
  Map<String, Object> named() {
    if (names.isEmpty()) {
      return all;
    }
    Map<String, Object> named = new HashMap<>(all);
    names.forEach((name, path) -> named.compute(name, (key, shadowed) -> path.in(all)));
    return named;
  }

  /**
   * {@return the segments that <code>{claims.NAME}</code> matches} Only strings count; what is
   * empty or contains a slash matches nothing.
   */
  public Set<String> segments(String name) {
    return segments.computeIfAbsent(name, this::read);
  }

  /** {@return where <code>{claims.NAME}</code> reads} */
  public ClaimPath path(String name) {
    return names.getOrDefault(name, new ClaimPath(name, List.of(name)));
  }

  private Set<String> read(String name) {
    Object value = at(path(name));
    Collection<?> items =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    Set<String> found = new LinkedHashSet<>();
    for (Object item : items) {
      if (item instanceof String text && !text.isEmpty() && text.indexOf('/') < 0) {
        found.add(text);
      }
    }
    return Set.copyOf(found);
  }
}

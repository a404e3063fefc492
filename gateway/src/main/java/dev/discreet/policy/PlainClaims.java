package dev.discreet.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A caller's claims as conditions read them, made when the first condition asks: {@code Long}s,
 * {@code Double}s, strings, booleans, lists and maps. What is null is left out.
 */
public final class PlainClaims {
  private final Caller caller;
  private @Nullable Map<String, Object> values;
  private int size;

  /** Of {@code caller}; who is anonymous has none. */
  PlainClaims(Caller caller) {
    this.caller = caller;
  }

  /** {@return the claims by the names that {@code {claims.NAME}} has too} */
  Map<String, Object> values() {
    Map<String, Object> known = values;
    if (known == null) {
      known = map(caller instanceof Caller.Authenticated who ? who.claims().named() : Map.of());
      values = known;
    }
    return known;
  }

  /** {@return how many values they hold at all depths} */
  int size() {
    values();
    return size;
  }

  private Map<String, Object> map(Map<?, ?> from) {
    Map<String, Object> to = HashMap.newHashMap(from.size());
    from.forEach(
        (name, value) -> {
          Object plain = plain(value);
          if (plain != null) {
            to.put(String.valueOf(name), plain);
          }
        });
    return to;
  }

  private List<Object> list(List<?> from) {
    List<Object> to = new ArrayList<>(from.size());
    for (Object value : from) {
      Object plain = plain(value);
      if (plain != null) {
        to.add(plain);
      }
    }
    return to;
  }

  private @Nullable Object plain(@Nullable Object value) {
    size++;
    return switch (value) {
      case String text -> text;
      case Boolean truth -> truth;
      case BigDecimal number -> number(number);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      case null, default -> null;
    };
  }

  private static Object number(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      return number.doubleValue();
    }
  }
}

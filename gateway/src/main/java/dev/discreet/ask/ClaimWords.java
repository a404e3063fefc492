package dev.discreet.ask;

import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Claims;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a caller's claims are, in words: as JSON has them, since text and number are not equal. */
final class ClaimWords {
  private ClaimWords() {}

  static String of(@Nullable Object claim) {
    return switch (claim) {
      case null -> "is missing";
      case String text when text.isEmpty() -> "is empty";
      case List<?> list when list.isEmpty() -> "is an empty list";
      default -> "is " + json(claim);
    };
  }

  /**
   * {@return where <code>{claims.NAME}</code> reads, what stands there, and whether it can match}
   */
  static String ofPattern(String name, Claims claims) {
    ClaimPath path = claims.path(name);
    Object value = claims.at(path);
    String place = path.text().equals(name) ? name : path + " (claims." + name + ")";
    boolean useless = claims.segments(name).isEmpty() && value != null && !value.equals("");
    return place
        + ", which "
        + of(value)
        + (useless ? " and so matches nothing: only text without a / can be a segment" : "");
  }

  private static String json(Object value) {
    return switch (value) {
      case String text -> '"' + text + '"';
      case BigDecimal number -> number.toPlainString();
      case Boolean truth -> truth.toString();
      case List<?> list ->
          list.stream().map(ClaimWords::json).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> object -> "an object";
      default -> "null";
    };
  }
}

package dev.discreet.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim stands: the name of a top-level claim, or an RFC 6901 JSON Pointer.
 *
 * @param text as configured
 * @param steps the member names (or array indexes) from the top
 */
public record ClaimPath(String text, List<String> steps) {
  public ClaimPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a claim's name, or a JSON Pointer where {@code text} begins with a slash.
   *
   * @throws IllegalArgumentException if a {@code ~} of the pointer is not followed by 0 or 1
   */
  public static ClaimPath parse(String text) {
    if (!text.startsWith("/")) {
      return new ClaimPath(text, List.of(text));
    }
    if (text.matches(".*~(?![01]).*")) {
      throw new IllegalArgumentException("in a JSON Pointer, ~ is written ~0 and / is written ~1");
    }
    List<String> steps =
        Arrays.stream(text.substring(1).split("/", -1))
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList();
    return new ClaimPath(text, steps);
  }

  /** {@return the value that stands there, or null} */
  public @Nullable Object in(Map<String, Object> claims) {
    Object at = claims;
    for (String step : steps) {
      at = child(at, step);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static @Nullable Object child(Object at, String step) {
    return switch (at) {
      case Map<?, ?> object -> object.get(step);
      case List<?> array when step.matches("0|[1-9][0-9]{0,8}") -> {
        int index = Integer.parseInt(step);
        yield index < array.size() ? array.get(index) : null;
      }
      default -> null;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}

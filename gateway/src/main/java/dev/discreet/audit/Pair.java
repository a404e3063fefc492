package dev.discreet.audit;

/**
 * What is compared.
 *
 * @param hidden a path that exists, and that the caller may not know of
 * @param missing one that does not exist, best of the same length and depth
 */
public record Pair(String hidden, String missing) {
  /** Checks that both are paths. */
  public Pair {
    requirePath(hidden);
    requirePath(missing);
    if (hidden.equals(missing)) {
      throw new IllegalArgumentException(hidden + " can't be both hidden and missing");
    }
  }

  private static void requirePath(String path) {
    if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
      throw new IllegalArgumentException(
          "'" + path + "' is no path: it begins with / and is percent-encoded");
    }
  }
}

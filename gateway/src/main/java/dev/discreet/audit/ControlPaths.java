package dev.discreet.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Further missing paths, alike in shape to that of a pair: how they differ from it is no trait of
 * what exists.
 */
final class ControlPaths {
  /** As many are asked. */
  static final int ENOUGH = 3;

  /** As many are made up, to find so many that are missing. */
  private static final int MADE_UP = 10;

  /** So many characters at the end of a segment are altered: of a UUID, none that has a meaning. */
  private static final int ALTERED = 8;

  private ControlPaths() {}

  /** {@return the missing paths of other pairs with as many segments and octets} */
  static List<String> known(Pair pair, List<Pair> pairs) {
    return pairs.stream()
        .map(Pair::missing)
        .filter(path -> path.length() == pair.missing().length())
        .filter(path -> depth(path) == depth(pair.missing()) && !path.equals(pair.missing()))
        .distinct()
        .limit(ENOUGH)
        .toList();
  }

  private static long depth(String path) {
    return path.chars().filter(c -> c == '/').count();
  }

  /**
   * {@return paths that may be missing: the missing one, with other characters of the same kinds at
   * the end of the last segment that the hidden one has not}
   */
  static List<String> madeUp(Pair pair, List<Pair> pairs, SplittableRandom random) {
    List<String> parts = new ArrayList<>(parts(pair.missing()));
    List<String> others = parts(pair.hidden());
    int own = parts.size() - 1;
    while (own > 0 && others.contains(parts.get(own))) {
      own--;
    }
    String segment = parts.get(own);
    Set<String> madeUp = new LinkedHashSet<>();
    for (int i = 0; i < MADE_UP; i++) {
      parts.set(own, altered(segment, random));
      madeUp.add(String.join("", parts));
    }
    pairs.forEach(each -> madeUp.removeAll(Set.of(each.hidden(), each.missing())));
    return List.copyOf(madeUp);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("(?<=%1$s)|(?=%1$s)".formatted(Traces.BETWEEN), -1));
  }

  private static String altered(String segment, SplittableRandom random) {
    int dot = segment.lastIndexOf('.');
    int end = dot > 0 ? dot : segment.length();
    List<Integer> digits = new ArrayList<>();
    List<Integer> letters = new ArrayList<>();
    for (int i = Math.max(0, end - ALTERED); i < end; i++) {
      char c = segment.charAt(i);
      boolean encoded = segment.substring(Math.max(0, i - 2), i).contains("%");
      if (!encoded && Character.isLetterOrDigit(c)) {
        (Character.isDigit(c) ? digits : letters).add(i);
      }
    }
    StringBuilder altered = new StringBuilder(segment);
    // Letters may be what makes an id one of its kind, digits seldom are.
    for (int i : digits.size() > 1 || letters.isEmpty() ? digits : letters) {
      String others = others(segment, segment.charAt(i));
      altered.setCharAt(i, others.charAt(random.nextInt(others.length())));
    }
    return altered.toString();
  }

  /** Of the same kind: no digit 0, which may not come first; no letters beyond hexadecimal ones. */
  private static String others(String segment, char c) {
    boolean hexadecimal = segment.matches("[0-9a-fA-F-]+");
    String lower = hexadecimal ? "abcdef" : "abcdefghijklmnopqrstuvwxyz";
    String kind =
        Character.isDigit(c)
            ? "123456789"
            : Character.isUpperCase(c) ? lower.toUpperCase(Locale.ROOT) : lower;
    return kind.replace(Character.toString(c), "");
  }
}

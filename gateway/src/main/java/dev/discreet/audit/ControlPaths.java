package dev.discreet.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Further missing paths, alike in shape to that of a pair: how they differ from it is no trait of
 * what exists.
 */
final class ControlPaths {
  /** As many of those that are made up are asked. */
  static final int ENOUGH = 3;

  /** As many of other pairs: with the pair's own twelve, which tell a share from chance. */
  private static final int KNOWN = 11;

  /** As many are made up, to find so many that are missing. */
  private static final int MADE_UP = 10;

  private static final Pattern HEXADECIMAL =
      Pattern.compile("(?=.*[0-9])(?=.*[a-fA-F])[0-9a-fA-F-]{8,}");

  private static final Pattern UUID = Pattern.compile("[^-]{8}(-[^-]{4}){3}-[^-]{12}");

  /** All but percent-encoding. */
  private static final Pattern FREE = Pattern.compile("(?<!%|%[0-9a-fA-F])[0-9a-zA-Z]");

  /** All but the version and the variant (RFC 9562 §4). */
  private static final Pattern OF_UUID = Pattern.compile("(?<!^.{14}|^.{19})[0-9a-fA-F]");

  private ControlPaths() {}

  /**
   * {@return other pairs whose missing paths are of this one's kind: as long, and with the segments
   * that its two paths share}
   */
  static List<Pair> known(Pair pair, List<Pair> pairs) {
    Set<String> seen = new HashSet<>(Set.of(pair.missing()));
    return pairs.stream()
        .filter(other -> isOfOneKind(other.missing(), pair) && seen.add(other.missing()))
        .limit(KNOWN)
        .toList();
  }

  private static boolean isOfOneKind(String path, Pair pair) {
    List<String> missing = parts(pair.missing());
    List<String> hidden = parts(pair.hidden());
    List<String> parts = parts(path);
    return path.length() == pair.missing().length()
        && parts.size() == missing.size()
        && IntStream.range(0, Math.min(missing.size(), hidden.size()))
            .filter(at -> missing.get(at).equals(hidden.get(at)))
            .allMatch(at -> missing.get(at).equals(parts.get(at)));
  }

  /**
   * {@return paths that may be missing: the missing one, with other characters of the same kinds in
   * the last segment that the hidden one has not}
   */
  static List<String> madeUp(Pair pair, List<Pair> pairs, SplittableRandom random) {
    List<String> parts = new ArrayList<>(parts(pair.missing()));
    List<String> others = parts(pair.hidden());
    int own = parts.size() - 1;
    while (own > 0 && others.contains(parts.get(own))) {
      own--;
    }
    String segment = parts.get(own);
    String other = own < others.size() ? others.get(own) : "";
    Map<Integer, String> characters = characters(segment, other, random);
    Set<String> madeUp = new LinkedHashSet<>();
    for (int i = 0; i < MADE_UP; i++) {
      StringBuilder altered = new StringBuilder(segment);
      for (Map.Entry<Integer, String> each : characters.entrySet()) {
        String free = each.getValue();
        altered.setCharAt(each.getKey(), free.charAt(i % free.length()));
      }
      parts.set(own, altered.toString());
      madeUp.add(String.join("", parts));
    }
    pairs.forEach(each -> madeUp.removeAll(Set.of(each.hidden(), each.missing())));
    return List.copyOf(madeUp);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("(?<=%1$s)|(?=%1$s)".formatted(Traces.BETWEEN), -1));
  }

  /**
   * For each place that may be altered, others of the kind of its character; but not that which the
   * hidden path has there: so that part of an id, too, is another one for each path.
   */
  private static Map<Integer, String> characters(
      String segment, String other, SplittableRandom random) {
    boolean hexadecimal = HEXADECIMAL.matcher(segment).matches();
    String plain = segment.replaceAll("%..", "");
    boolean digits =
        plain.chars().filter(ControlPaths::isDigit).count() > 1
            || plain.chars().noneMatch(Character::isLetter);
    int suffix = segment.lastIndexOf('.');
    Map<Integer, String> characters = new TreeMap<>();
    Matcher free = (UUID.matcher(segment).matches() ? OF_UUID : FREE).matcher(segment);
    free.region(0, suffix > 0 ? suffix : segment.length());
    while (free.find()) {
      int at = free.start();
      char c = segment.charAt(at);
      if (hexadecimal || isDigit(c) == digits) {
        String taken = at < other.length() ? other.substring(at, at + 1) : "";
        String kind = kind(c, hexadecimal).replace(Character.toString(c), "").replace(taken, "");
        characters.put(at, rotated(kind, random));
      }
    }
    return characters;
  }

  private static String rotated(String text, SplittableRandom random) {
    int by = random.nextInt(text.length());
    return text.substring(by) + text.substring(0, by);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** No digit 0, which may not come first. */
  private static String kind(char c, boolean hexadecimal) {
    if (isDigit(c)) {
      return "123456789";
    }
    String letters = hexadecimal ? "abcdef" : "abcdefghijklmnopqrstuvwxyz";
    return Character.isUpperCase(c) ? letters.toUpperCase(Locale.ROOT) : letters;
  }
}

package dev.discreet.audit;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * What answers hold that is made of the path, other than by repeating it: a tag that is its hash,
 * the id of an answer in a cache. Each path has its own, so that missing paths differ by it too.
 * What was seen to do so is blanked in the same aspect of every answer.
 */
final class PathTexts {
  /** Aspects that tell the size of a body. */
  private static final Set<String> OF_SIZE =
      Set.of(Observation.FRAMING, Observation.FIELD + "content-length");

  private static final Set<String> CONTENT = Set.of(Observation.BODY, Observation.TRAILERS);

  private final Map<String, Set<String>> texts = new TreeMap<>();

  /** {@return those that may be made of the path, with the body whose size differs} */
  static Set<String> candidates(Set<String> differing) {
    Set<String> candidates = new LinkedHashSet<>();
    for (String aspect : differing) {
      String plain = Observation.ofAnyAnswer(aspect);
      boolean size = OF_SIZE.contains(plain);
      if (size) {
        candidates.add(aspect.replace(plain, Observation.BODY));
      }
      if (size || CONTENT.contains(plain) || isField(plain)) {
        candidates.add(aspect);
      }
    }
    return candidates;
  }

  private static boolean isField(String aspect) {
    return aspect.startsWith(Observation.FIELD) || aspect.startsWith(Observation.INTERIM_FIELD);
  }

  /**
   * Learns from what differs between a hidden path and a missing one.
   *
   * @param answers the values by aspect
   */
  void learn(Map<String, PathValues> answers) {
    boolean sizesDiffer = false;
    for (Map.Entry<String, PathValues> each : answers.entrySet()) {
      List<PathValues> made = each.getValue().made();
      add(each.getKey(), made.stream());
      boolean body = Observation.ofAnyAnswer(each.getKey()).equals(Observation.BODY);
      sizesDiffer |= body && made.stream().anyMatch(PathValues::ragged);
    }
    if (sizesDiffer) {
      answers.forEach(
          (aspect, values) -> {
            if (OF_SIZE.contains(Observation.ofAnyAnswer(aspect))) {
              add(aspect, values.differing());
            }
          });
    }
  }

  private void add(String aspect, Stream<PathValues> made) {
    made.forEach(
        each ->
            texts
                .computeIfAbsent(Observation.ofAnyAnswer(aspect), key -> new HashSet<>())
                .addAll(List.of(each.hidden(), each.missing())));
  }

  /** {@return the aspects that hold some} */
  Set<String> aspects() {
    return new TreeSet<>(texts.keySet());
  }

  List<Observation> blanked(List<Observation> seen) {
    return texts.isEmpty() ? seen : seen.stream().map(each -> each.changed(this::blank)).toList();
  }

  private String blank(String aspect, String value) {
    Set<String> made = texts.getOrDefault(Observation.ofAnyAnswer(aspect), Set.of());
    if (made.contains(value)) {
      return Traces.BLANK;
    }
    return PathValues.WORD
        .matcher(value)
        .replaceAll(
            word ->
                made.contains(word.group())
                    ? Matcher.quoteReplacement(Traces.BLANK)
                    : Matcher.quoteReplacement(word.group()));
  }
}

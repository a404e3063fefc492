package dev.discreet.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The control of a comparison: where a hidden path and a missing one differ, it asks for further
 * missing ones. What is a different one for each of them is made of the path, and tells nothing.
 */
final class PathControl {
  /** What is the same so often is constant: that of both paths was, four times as often. */
  private static final int ASKS = 3;

  private final Questions questions;
  private final Pair pair;
  private final List<Pair> pairs;
  private final SplittableRandom random;
  private final PathTexts made = new PathTexts();
  private final Set<String> notices = new LinkedHashSet<>();
  private List<String> hidden = List.of();
  private @Nullable List<String> chosen;

  PathControl(Questions questions, Pair pair, List<Pair> pairs, long seed) {
    this.questions = questions;
    this.pair = pair;
    this.pairs = pairs;
    random = new SplittableRandom(seed);
  }

  /** {@return what is known so far to be made of the path} */
  PathTexts made() {
    return made;
  }

  /** {@return what the reader of a report should know} */
  Set<String> notices() {
    return notices;
  }

  /**
   * Learns what of the differences is made of the path.
   *
   * @param variant a safe one: a path that nobody named might be the caller's to change
   * @param told what came of both paths
   * @param aspects in which they differ
   */
  void learn(Variant variant, Asked told, Set<String> aspects) throws IOException {
    Set<String> candidates = PathTexts.candidates(aspects);
    List<String> paths = candidates.isEmpty() ? List.of() : paths();
    if (paths.isEmpty()) {
      return;
    }
    List<List<Observation>> controls = asked(variant, paths, told.missing());
    List<List<Observation>> others = asked(variant, hidden, told.hidden());
    Map<String, PathValues> values = new LinkedHashMap<>();
    for (String aspect : candidates) {
      values(aspect, told, controls, others).ifPresent(each -> values.put(aspect, each));
    }
    made.learn(values);
    values.forEach(this::noteWhole);
  }

  /** {@return what comes of the paths that are answered with the status of one that was asked} */
  private List<List<Observation>> asked(Variant variant, List<String> paths, List<Observation> one)
      throws IOException {
    List<List<Observation>> all = new ArrayList<>();
    for (String path : paths) {
      List<Observation> seen = new ArrayList<>();
      for (int i = 0; i < ASKS; i++) {
        seen.add(questions.asked(variant, path));
      }
      all.add(seen);
    }
    int status = one.getFirst().status();
    all.removeIf(seen -> seen.stream().anyMatch(each -> each.status() != status));
    return all;
  }

  private void noteWhole(String aspect, PathValues values) {
    if (values.whole() && !values.made().isEmpty()) {
      notices.add(
          "%s: other words, or compressed ones, for each path; only what all begin and end with, and the length, could be compared"
              .formatted(Observation.ofAnyAnswer(aspect)));
    }
  }

  private static Optional<PathValues> values(
      String aspect, Asked told, List<List<Observation>> controls, List<List<Observation>> others) {
    Optional<String> hidden = constant(told.hidden(), aspect);
    Optional<String> missing = constant(told.missing(), aspect);
    List<String> further = constants(controls, aspect);
    boolean all = !further.isEmpty() && further.size() == controls.size();
    return hidden.isPresent() && missing.isPresent() && all
        ? Optional.of(
            new PathValues(hidden.get(), missing.get(), further, constants(others, aspect)))
        : Optional.empty();
  }

  private static List<String> constants(List<List<Observation>> all, String aspect) {
    return all.stream().flatMap(seen -> constant(seen, aspect).stream()).toList();
  }

  private static Optional<String> constant(List<Observation> seen, String aspect) {
    Optional<String> first = Optional.ofNullable(seen.getFirst().aspects().get(aspect));
    return first.filter(
        value -> seen.stream().allMatch(each -> value.equals(each.aspects().get(aspect))));
  }

  /** Those of other pairs, or such as are answered by the same status as the missing one. */
  private List<String> paths() throws IOException {
    if (chosen == null) {
      List<Pair> known = ControlPaths.known(pair, pairs);
      hidden = known.stream().map(Pair::hidden).toList();
      chosen = known.isEmpty() ? madeUp() : known.stream().map(Pair::missing).toList();
    }
    return chosen;
  }

  private List<String> madeUp() throws IOException {
    List<String> missing = new ArrayList<>();
    int status = questions.asked(Variants.PLAIN, pair.missing()).status();
    for (String path : ControlPaths.madeUp(pair, pairs, random)) {
      if (missing.size() < ControlPaths.ENOUGH
          && questions.asked(Variants.PLAIN, path).status() == status) {
        missing.add(path);
      }
    }
    notices.add(
        missing.isEmpty()
            ? "no further path was answered as %s is: what differs may be made of the path"
                .formatted(pair.missing())
            : "%s were made up, to see what is made of the path: should one exist, bring pairs of one shape"
                .formatted(String.join(", ", missing)));
    return missing;
  }
}

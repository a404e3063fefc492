package dev.discreet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of both paths.
 *
 * @param hidden of the hidden path, in the order of its asks
 * @param missing of the missing one
 */
record Asked(List<Observation> hidden, List<Observation> missing) {
  Asked() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /** {@return whether one path never had an answer, and the other each time} */
  boolean oneUnanswered() {
    return (answered(hidden) == 0 && answered(missing) == missing.size())
        || (answered(missing) == 0 && answered(hidden) == hidden.size());
  }

  private static long answered(List<Observation> seen) {
    return seen.stream().filter(each -> each.status() != 0).count();
  }

  /** {@return whether an answer was waited for in vain} */
  boolean silent() {
    return Stream.concat(hidden.stream(), missing.stream()).anyMatch(Observation::isSilent);
  }

  /** {@return the comparison of both, but for what is made of the paths} */
  Comparison comparison(PathTexts made) {
    return new Comparison(made.blanked(hidden), made.blanked(missing));
  }
}

package dev.discreet.audit;

import java.util.ArrayList;
import java.util.List;

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

  /** {@return the comparison of both, but for what is made of the paths} */
  Comparison comparison(PathTexts made) {
    return new Comparison(made.blanked(hidden), made.blanked(missing));
  }
}

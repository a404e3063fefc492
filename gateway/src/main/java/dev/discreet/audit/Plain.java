package dev.discreet.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the plain GET of a pair is answered, all along.
 *
 * @param hidden the statuses of the hidden path, each once
 * @param missing those of the missing one
 * @param telling whether all of them are answers about a resource: a refusal, or the resource. A
 *     limit, a failure or a redirect says nothing, however alike it is
 */
record Plain(List<Integer> hidden, List<Integer> missing, boolean telling) {
  static Plain of(List<Observation> hidden, List<Observation> missing) {
    return new Plain(statuses(hidden), statuses(missing), tell(hidden) && tell(missing));
  }

  private static List<Integer> statuses(List<Observation> seen) {
    return seen.stream().map(Observation::status).distinct().toList();
  }

  private static boolean tell(List<Observation> seen) {
    return seen.stream()
        .allMatch(each -> each.refused() || (each.succeeded() && each.status() < REDIRECT));
  }

  private static final int REDIRECT = 300;

  /** {@return in words} */
  @Override
  public String toString() {
    return hidden.equals(missing)
        ? "both answered " + words(hidden)
        : "answered " + words(hidden) + " and " + words(missing);
  }

  private static String words(List<Integer> statuses) {
    return statuses.stream().map(String::valueOf).collect(Collectors.joining("/"));
  }
}

package dev.discreet.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What both paths are answered, all along, by a plain GET or as they are timed.
 *
 * @param hidden the statuses of the hidden path, each once
 * @param missing those of the missing one
 * @param telling whether all of them are answers about a resource: a refusal, or the resource that
 *     exists. A limit, a failure, a redirect, or one page for all that is missing says nothing,
 *     however alike it is
 */
record Plain(List<Integer> hidden, List<Integer> missing, boolean telling) {
  private static final int REDIRECT = 300;

  /** In place of a status, where none came. */
  private static final int UNANSWERED = 0;

  static Plain of(List<Observation> hidden, List<Observation> missing) {
    return new Plain(
        statuses(hidden),
        statuses(missing),
        tell(hidden) && missing.stream().allMatch(Observation::refused));
  }

  static Plain ofStatuses(List<Integer> hidden, List<Integer> missing) {
    return new Plain(
        hidden,
        missing,
        hidden.stream().allMatch(each -> Observation.refused(each) || isOk(each))
            && missing.stream().allMatch(Observation::refused));
  }

  private static boolean isOk(int status) {
    return Observation.succeeded(status) && status < REDIRECT;
  }

  private static List<Integer> statuses(List<Observation> seen) {
    return seen.stream().map(Observation::status).distinct().toList();
  }

  private static boolean tell(List<Observation> seen) {
    return seen.stream()
        .allMatch(each -> each.refused() || (each.succeeded() && isOk(each.status())));
  }

  /** {@return in words} */
  @Override
  public String toString() {
    if (!hidden.equals(missing)) {
      return "answered " + words(hidden) + " and " + words(missing);
    }
    return hidden.equals(List.of(UNANSWERED))
        ? "both unanswered"
        : "both answered " + words(hidden);
  }

  private static String words(List<Integer> statuses) {
    return statuses.stream()
        .map(each -> each == UNANSWERED ? "nothing" : each.toString())
        .collect(Collectors.joining("/"));
  }
}

package dev.discreet.config;

import dev.discreet.config.Problem.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects problems, so that all are told at once. */
final class Problems {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private static final long MOST_COMPARED = 1_000_000;

  // A set, since what stands behind an alias is read once for each use.
  private final Set<Problem> all = new LinkedHashSet<>();

  private long compared;

  void error(Place place, String keyPath, String text, String message) {
    add(Severity.ERROR, place, keyPath, text, message, null);
  }

  void add(
      Severity severity,
      Place place,
      String keyPath,
      String text,
      String message,
      @Nullable String suggestion) {
    all.add(
        new Problem(
            severity,
            place.file(),
            place.line(),
            place.column(),
            keyPath,
            text,
            message,
            suggestion));
  }

  /**
   * {@return the name that is probably meant, or null} So large a folder is told of in seconds too,
   * {@link #MOST_COMPARED} names are looked at in all.
   */
  @Nullable String near(String word, Collection<String> known) {
    compared += known.size();
    return compared > MOST_COMPARED ? null : Suggestions.near(word, known);
  }

  /** {@return whether there is an error with what stands under a key at the top of a file} */
  boolean hasErrors(Key<?> top) {
    Pattern below = Pattern.compile(Pattern.quote(top.name()) + "([.\\[].*)?");
    return all.stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .anyMatch(problem -> below.matcher(problem.keyPath()).matches());
  }

  boolean hasErrors() {
    return all.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }

  /** {@return the errors, by file and line} */
  List<Problem> errors() {
    return sorted().stream().filter(problem -> problem.severity() == Severity.ERROR).toList();
  }

  /** {@return all of them, by file and line} */
  List<Problem> sorted() {
    return all.stream().sorted(BY_PLACE).toList();
  }
}

package dev.discreet.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values of one aspect for a hidden path, a missing one, and further missing ones, the
 * controls; each constant for its path.
 *
 * @param known whether the controls are missing for sure
 */
record PathValues(String hidden, String missing, List<String> controls, boolean known) {
  /** Runs of characters that separate nothing, in header fields, text, JSON or HTML. */
  static final Pattern WORD = Pattern.compile("[^\\s\"'<>(){}\\[\\],;:]+");

  /** Both paths are first asked for within so long. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private static final Pattern NUMBER = Pattern.compile("[0-9a-fA-F]+");

  /**
   * {@return those that are made of the path: a different one for each path, that of the hidden one
   * alike in shape to the others}
   */
  List<PathValues> made() {
    if (ofOneTime()) {
      return List.of(this);
    }
    return differing().filter(each -> each.ownToEach() && !each.standsOut()).toList();
  }

  /** {@return the words in which hidden and missing differ, whatever those of the controls are} */
  Stream<PathValues> differing() {
    String shape = shape(missing);
    if (!controls.stream().allMatch(each -> shape(each).equals(shape))) {
      return Stream.of(this).filter(whole -> !hidden.equals(missing));
    }
    if (!shape(hidden).equals(shape)) {
      return Stream.of();
    }
    return IntStream.range(0, words(missing).size())
        .mapToObj(at -> changed(value -> words(value).get(at)))
        .filter(word -> !word.hidden.equals(word.missing));
  }

  /** A cached answer keeps the time at which it was first asked for. */
  private boolean ofOneTime() {
    try {
      Duration apart = Duration.between(time(hidden), time(missing)).abs();
      return apart.compareTo(AT_ONCE) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Instant time(String value) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from);
  }

  /** {@return whether the missing paths, or the hidden one, have one of another length} */
  boolean ragged() {
    return !oneLength() || hidden.length() != missing.length();
  }

  private PathValues changed(UnaryOperator<String> change) {
    return new PathValues(
        change.apply(hidden), change.apply(missing), controls.stream().map(change).toList(), known);
  }

  private static String shape(String value) {
    return WORD.matcher(value).replaceAll("w");
  }

  private static List<String> words(String value) {
    return WORD.matcher(value).results().map(MatchResult::group).toList();
  }

  /** A control that is only thought to be missing may exist, and share with the hidden path. */
  private boolean ownToEach() {
    if (known) {
      return controls.stream().anyMatch(each -> !each.equals(missing));
    }
    Set<String> all = new HashSet<>(controls);
    all.addAll(List.of(hidden, missing));
    return all.size() == controls.size() + 2;
  }

  private boolean oneLength() {
    return controls.stream().allMatch(each -> each.length() == missing.length());
  }

  /** Of numbers that are not padded, some are a digit shorter. */
  private boolean standsOut() {
    Predicate<String> number = value -> NUMBER.matcher(value).matches();
    boolean numbers =
        number.test(hidden) && number.test(missing) && controls.stream().allMatch(number);
    return oneLength() && Math.abs(hidden.length() - missing.length()) > (numbers ? 1 : 0);
  }
}

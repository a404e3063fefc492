package dev.discreet.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values of one aspect for a hidden path, a missing one, and further missing ones, the
 * controls; each constant for its path.
 *
 * @param others of the hidden paths of the pairs whose missing ones the controls are; none where
 *     these are made up, and may exist
 */
record PathValues(String hidden, String missing, List<String> controls, List<String> others) {
  /** Runs of characters that separate nothing, in header fields, text, JSON or HTML. */
  static final Pattern WORD = Pattern.compile("[^\\s\"'<>(){}\\[\\],;:]+");

  /** Both paths are first asked for within so long. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  /** To any base up to 36; what has no digit may be a word. */
  private static final Pattern NUMBER = Pattern.compile("[0-9a-fA-F]+|[0-9a-zA-Z]{5,}");

  private static final Pattern DIGIT = Pattern.compile("[0-9]");

  private static final Pattern TOKEN = Pattern.compile(WORD + "|.", Pattern.DOTALL);

  private static final Pattern CONTROL_OCTET = Pattern.compile("[\\x00-\\x08\\x0E-\\x1F]");

  /** So many octets more or fewer do ids of one length come to where they are compressed. */
  private static final int COMPRESSED = 8;

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
    if (whole()) {
      return Stream.of(this).filter(all -> !hidden.equals(missing) && (binary() || framed()));
    }
    if (!shape(hidden).equals(shape(missing))) {
      return Stream.of();
    }
    return IntStream.range(0, words(missing).size())
        .mapToObj(this::word)
        .filter(word -> !word.hidden.equals(word.missing));
  }

  /** {@return whether it can't be compared word by word} */
  boolean whole() {
    return binary() || !controls.stream().map(PathValues::shape).allMatch(shape(missing)::equals);
  }

  private boolean binary() {
    return allMissing().stream().anyMatch(each -> CONTROL_OCTET.matcher(each).find());
  }

  /** {@return whether the hidden one begins and ends with what all missing ones do} */
  private boolean framed() {
    List<List<String>> all = allMissing().stream().map(each -> found(TOKEN, each)).toList();
    List<String> tokens = found(TOKEN, hidden);
    return begins(tokens, all.stream())
        && begins(tokens.reversed(), all.stream().map(List::reversed));
  }

  private static boolean begins(List<String> tokens, Stream<List<String>> all) {
    List<String> front = all.reduce(PathValues::front).orElseThrow();
    return front(tokens, front).equals(front);
  }

  private static List<String> front(List<String> one, List<String> other) {
    int shorter = Math.min(one.size(), other.size());
    int end =
        IntStream.range(0, shorter)
            .filter(at -> !one.get(at).equals(other.get(at)))
            .findFirst()
            .orElse(shorter);
    return one.subList(0, end);
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
    return allMissing().stream().anyMatch(each -> each.length() != hidden.length());
  }

  private List<String> allMissing() {
    return joined(missing, controls);
  }

  private static List<String> joined(String first, List<String> others) {
    List<String> all = new ArrayList<>(others);
    all.addFirst(first);
    return all;
  }

  private PathValues word(int at) {
    UnaryOperator<String> change = value -> words(value).get(at);
    String shape = shape(missing);
    return new PathValues(
        change.apply(hidden),
        change.apply(missing),
        controls.stream().map(change).toList(),
        others.stream().filter(each -> shape(each).equals(shape)).map(change).toList());
  }

  private static String shape(String value) {
    return WORD.matcher(value).replaceAll("w");
  }

  private static List<String> words(String value) {
    return found(WORD, value);
  }

  private static List<String> found(Pattern pattern, String value) {
    return pattern.matcher(value).results().map(MatchResult::group).toList();
  }

  /**
   * One for each path; or, where other pairs are asked for, one that is dealt out to hidden and
   * missing paths alike: a path that is only thought to be missing may exist, and share with the
   * hidden one.
   */
  private boolean ownToEach() {
    List<String> ofMissing = allMissing();
    List<String> ofHidden = joined(hidden, others);
    boolean shown = ofMissing.contains(hidden);
    boolean repeated = repeated(ofMissing) || repeated(ofHidden);
    if (others.isEmpty()) {
      return !shown && !repeated;
    }
    boolean alone =
        ofMissing.stream().anyMatch(each -> Collections.frequency(ofMissing, each) == 1);
    boolean apart = Collections.disjoint(ofHidden, ofMissing);
    return (shown || alone) && !(repeated && apart) && byChance(ofHidden, ofMissing);
  }

  private static boolean repeated(List<String> values) {
    Set<String> distinct = new HashSet<>(values);
    return distinct.size() < values.size();
  }

  private boolean byChance(List<String> ofHidden, List<String> ofMissing) {
    return FisherTest.level(
            Collections.frequency(ofHidden, hidden),
            ofHidden.size(),
            Collections.frequency(ofMissing, hidden),
            ofMissing.size())
        >= Comparison.CHANCE;
  }

  private boolean standsOut() {
    IntSummaryStatistics lengths =
        allMissing().stream().mapToInt(String::length).summaryStatistics();
    int slack = slack(lengths);
    return hidden.length() < lengths.getMin() - slack || hidden.length() > lengths.getMax() + slack;
  }

  /** Of numbers that are not padded, some are a digit shorter. */
  private int slack(IntSummaryStatistics lengths) {
    if (binary()) {
      return COMPRESSED;
    }
    List<String> all = joined(hidden, allMissing());
    if (all.stream().allMatch(each -> NUMBER.matcher(each).matches())
        && all.stream().anyMatch(each -> DIGIT.matcher(each).find())) {
      return 1;
    }
    return lengths.getMin() == lengths.getMax() ? 0 : lengths.getMax() / 2;
  }
}

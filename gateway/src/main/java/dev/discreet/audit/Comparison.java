package dev.discreet.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Compares what was seen of both paths, each asked several times. What differs between two asks for
 * one path varies by itself: a date, the id of a request. A value tells the paths apart if one path
 * had it again and again and the other never; of what varies, so does its length. What chance may
 * have done is asked for again by {@link ByteAudit}, and judged by Fisher's exact test.
 */
final class Comparison {
  private static final String NOTHING = "(nothing)";

  /** Of as many asks, a value that came in fewer of them came by chance. */
  private static final int SHARE = 3;

  /**
   * Hundreds of aspects may be suspected in an audit, each with some values: of a thousand audits
   * of what varies at random fewer than ten err. Twelve asks of each path, of which one tells
   * eleven times and the other never, are enough.
   */
  private static final double CHANCE = 1e-5;

  private final List<Observation> hidden;
  private final List<Observation> missing;

  Comparison(List<Observation> hidden, List<Observation> missing) {
    this.hidden = hidden;
    this.missing = missing;
  }

  /**
   * Two values that tell the paths apart.
   *
   * @param hidden of the hidden path
   * @param missing of the missing one
   */
  record Apart(String hidden, String missing) {}

  /** {@return the aspects that tell the paths apart, in the order in which they were seen} */
  Map<String, Apart> differences() {
    Map<String, Apart> differences = new LinkedHashMap<>();
    for (String aspect : aspects()) {
      List<String> ofHidden = values(hidden, aspect);
      List<String> ofMissing = values(missing, aspect);
      if (toldApart(ofHidden, ofMissing, UnaryOperator.identity())
          || toldApart(ofHidden, ofMissing, value -> Integer.toString(value.length()))) {
        differences.put(aspect, new Apart(shown(ofHidden), shown(ofMissing)));
      }
    }
    return differences;
  }

  /** {@return those of {@code suspected} that tell the paths apart beyond chance} */
  Map<String, Apart> confirmed(Set<String> suspected) {
    Map<String, Apart> confirmed = new LinkedHashMap<>();
    for (String aspect : suspected) {
      List<String> ofHidden = values(hidden, aspect);
      List<String> ofMissing = values(missing, aspect);
      if (beyondChance(ofHidden, ofMissing, UnaryOperator.identity())
          || beyondChance(ofHidden, ofMissing, value -> Integer.toString(value.length()))) {
        confirmed.put(aspect, new Apart(shown(ofHidden), shown(ofMissing)));
      }
    }
    return confirmed;
  }

  private static boolean beyondChance(
      List<String> hidden, List<String> missing, UnaryOperator<String> form) {
    Map<String, Integer> ofHidden = counted(hidden, form);
    Map<String, Integer> ofMissing = counted(missing, form);
    Set<String> all = new LinkedHashSet<>(ofHidden.keySet());
    all.addAll(ofMissing.keySet());
    return all.stream()
        .anyMatch(
            value ->
                FisherTest.level(
                        ofHidden.getOrDefault(value, 0),
                        hidden.size(),
                        ofMissing.getOrDefault(value, 0),
                        missing.size())
                    < CHANCE);
  }

  /** {@return the aspects that vary by themselves, of either path} */
  Set<String> varying() {
    Set<String> varying = new TreeSet<>();
    for (String aspect : aspects()) {
      if (Set.copyOf(values(hidden, aspect)).size() > 1
          && Set.copyOf(values(missing, aspect)).size() > 1) {
        varying.add(aspect);
      }
    }
    return varying;
  }

  private Set<String> aspects() {
    Set<String> aspects = new LinkedHashSet<>();
    hidden.forEach(each -> aspects.addAll(each.aspects().keySet()));
    missing.forEach(each -> aspects.addAll(each.aspects().keySet()));
    return aspects;
  }

  private static List<String> values(List<Observation> seen, String aspect) {
    List<String> values = new ArrayList<>();
    seen.forEach(each -> values.add(each.aspects().getOrDefault(aspect, NOTHING)));
    return values;
  }

  private static boolean toldApart(
      List<String> hidden, List<String> missing, UnaryOperator<String> form) {
    Map<String, Integer> ofHidden = counted(hidden, form);
    Map<String, Integer> ofMissing = counted(missing, form);
    return ownToOne(ofHidden, ofMissing, hidden.size())
        || ownToOne(ofMissing, ofHidden, missing.size());
  }

  private static boolean ownToOne(Map<String, Integer> one, Map<String, Integer> other, int asks) {
    int often = Math.max(2, (asks + SHARE - 1) / SHARE);
    return one.entrySet().stream()
        .anyMatch(each -> each.getValue() >= often && !other.containsKey(each.getKey()));
  }

  private static Map<String, Integer> counted(List<String> values, UnaryOperator<String> form) {
    Map<String, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(form.apply(value), 1, Integer::sum));
    return counts;
  }

  /** The value that came most often, and whether there were others. */
  private static String shown(List<String> values) {
    Map<String, Integer> counts = counted(values, UnaryOperator.identity());
    String most =
        counts.entrySet().stream()
            .max(
                Map.Entry.<String, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .orElseThrow()
            .getKey();
    return counts.size() == 1 ? most : most + " (and others)";
  }
}

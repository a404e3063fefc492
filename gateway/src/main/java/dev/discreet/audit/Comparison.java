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

  private static final List<UnaryOperator<String>> FORMS =
      List.of(UnaryOperator.identity(), value -> Integer.toString(value.length()));

  /** Of as many asks, a value that came in fewer of them came by chance. */
  private static final int SHARE = 3;

  /**
   * How probable a value's share may be by chance, where it was suspected before. Of twelve asks of
   * each path, a value that eleven of one had and none of the other is beyond it.
   */
  static final double CHANCE = 1e-5;

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
    return apart(aspects(), this::toldApart);
  }

  /** {@return those of {@code suspected} that tell the paths apart beyond chance} */
  Map<String, Apart> confirmed(Set<String> suspected) {
    return apart(suspected, this::beyondChance);
  }

  /** Judges how often each value came of the hidden path, and of the missing one. */
  private interface Judge {
    boolean tells(Map<String, Integer> ofHidden, Map<String, Integer> ofMissing);
  }

  /** By their values, and by the lengths of these. */
  private Map<String, Apart> apart(Set<String> aspects, Judge judge) {
    Map<String, Apart> apart = new LinkedHashMap<>();
    for (String aspect : aspects) {
      List<String> ofHidden = values(hidden, aspect);
      List<String> ofMissing = values(missing, aspect);
      for (UnaryOperator<String> form : FORMS) {
        if (judge.tells(counted(ofHidden, form), counted(ofMissing, form))) {
          apart.put(aspect, new Apart(shown(ofHidden), shown(ofMissing)));
        }
      }
    }
    return apart;
  }

  private boolean beyondChance(Map<String, Integer> ofHidden, Map<String, Integer> ofMissing) {
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

  private boolean toldApart(Map<String, Integer> ofHidden, Map<String, Integer> ofMissing) {
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

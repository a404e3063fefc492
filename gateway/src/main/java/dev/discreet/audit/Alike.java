package dev.discreet.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Pairs of which the answers tell the same, in the same ways: people are told once.
 *
 * @param first whose values stand for all
 * @param others in their order
 */
record Alike(ByteResult first, List<ByteResult> others) {
  private static final int SHOWN = 3;

  /** {@return all, each in one group, in the order of the first of each} */
  static List<Alike> grouped(List<ByteResult> answers) {
    Map<Object, List<ByteResult>> groups = new LinkedHashMap<>();
    for (ByteResult each : answers) {
      groups.computeIfAbsent(kind(each), key -> new ArrayList<>()).add(each);
    }
    return groups.values().stream()
        .map(group -> new Alike(group.getFirst(), group.subList(1, group.size())))
        .toList();
  }

  /** All that is reported of a pair, but for its paths, the values, and how many requests. */
  private static Object kind(ByteResult each) {
    return List.of(
        each.protocol(),
        each.plain(),
        each.oracles(),
        each.differences().stream()
            .map(one -> List.of(one.oracle(), one.request(), one.aspect()))
            .toList(),
        each.asGet(),
        each.varying(),
        each.made(),
        each.echoes());
  }

  /**
   * {@return how many others there are, and the hidden paths of some; empty where there are none}
   */
  String othersInWords() {
    if (others.isEmpty()) {
      return "";
    }
    String paths =
        others.stream()
            .limit(SHOWN)
            .map(each -> each.pair().hidden())
            .collect(Collectors.joining(", "));
    return "and %d more %s alike: %s%s"
        .formatted(
            others.size(),
            others.size() == 1 ? "pair" : "pairs",
            paths,
            others.size() > SHOWN ? ", …" : "");
  }
}

package dev.discreet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often the hidden paths, and the missing ones, were answered each status. */
final class StatusCounts {
  /** Of each status the answers of hidden paths, and of missing ones. */
  private final Map<Integer, int[]> counts = new TreeMap<>();

  private final int[] all = new int[2];

  void count(boolean hidden, int status) {
    int who = hidden ? 0 : 1;
    counts.computeIfAbsent(status, key -> new int[2])[who]++;
    all[who]++;
  }

  /** {@return each status once} */
  Plain plain() {
    return Plain.ofStatuses(statuses(0), statuses(1));
  }

  private Stream<Map.Entry<Integer, int[]>> seen(int who) {
    return counts.entrySet().stream().filter(each -> each.getValue()[who] > 0);
  }

  private List<Integer> statuses(int who) {
    return seen(who).map(Map.Entry::getKey).toList();
  }

  /**
   * {@return the statuses whose shares differ by more than chance; none where a limit or a failure
   * stands among them, which may meet the one that is asked for more often}
   */
  List<Difference> differences(String request) {
    List<Difference> differences = new ArrayList<>();
    if (all[0] == 0 || all[1] == 0 || !plain().telling()) {
      return differences;
    }
    boolean apart = counts.values().stream().anyMatch(each -> level(each) < Comparison.CHANCE);
    if (apart) {
      differences.add(
          new Difference(Oracle.STATUS, request, Observation.STATUS, shares(0), shares(1)));
    }
    return differences;
  }

  /** Of the rarer of both outcomes, for the sake of the sum. */
  private double level(int[] each) {
    boolean rare = each[0] + each[1] <= (all[0] + all[1]) / 2;
    return rare
        ? FisherTest.level(each[0], all[0], each[1], all[1])
        : FisherTest.level(all[0] - each[0], all[0], all[1] - each[1], all[1]);
  }

  private String shares(int who) {
    return seen(who)
        .map(each -> "%d (%d of %d)".formatted(each.getKey(), each.getValue()[who], all[who]))
        .collect(Collectors.joining(", "));
  }
}

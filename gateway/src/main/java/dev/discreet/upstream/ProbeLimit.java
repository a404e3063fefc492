package dev.discreet.upstream;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many probes of one upstream are under way. Who is asked about as himself may know of nothing:
 * all such callers have half of them, and each a quarter, so that none can take those of others.
 * For many threads.
 */
final class ProbeLimit {
  private final int most;
  private final Map<String, Integer> ofCallers = new HashMap<>();
  private int asCallers;
  private int underWay;

  ProbeLimit(int most) {
    this.most = most;
  }

  /**
   * Begins a probe; {@return whether there was room}
   *
   * @param caller as whom it is asked, or null for the gateway itself
   */
  synchronized boolean take(@Nullable String caller) {
    if (underWay >= most || !(caller == null || hasRoom(caller))) {
      return false;
    }
    underWay++;
    if (caller != null) {
      asCallers++;
      ofCallers.merge(caller, 1, Integer::sum);
    }
    return true;
  }

  private boolean hasRoom(String caller) {
    return asCallers < Math.max(1, most / 2)
        && ofCallers.getOrDefault(caller, 0) < Math.max(1, most / 4);
  }

  /** Ends a probe that was begun for {@code caller}. */
  synchronized void give(@Nullable String caller) {
    underWay--;
    if (caller != null) {
      asCallers--;
      ofCallers.computeIfPresent(caller, (same, probes) -> probes == 1 ? null : probes - 1);
    }
  }
}

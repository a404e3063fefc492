package dev.discreet.upstream;

import dev.discreet.telemetry.UpstreamMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests to one upstream may be sent again: a sixth of those that are sent, so that an
 * upstream that fails often does not get twice as many. What is not used is kept for when an
 * address ends with all that is under way there. Used by all event loops.
 */
final class RetryBudget {
  private static final int COST = 60;
  private static final int EARNED = 10;
  private static final int AT_FIRST = 3 * COST;

  private final String upstream;
  private final int most;
  private final UpstreamMetrics metrics;
  private final AtomicInteger left = new AtomicInteger(AT_FIRST);

  /**
   * Begins with little.
   *
   * @param most at once: as many as an address can have under way
   */
  RetryBudget(String upstream, int most, UpstreamMetrics metrics) {
    this.upstream = upstream;
    this.most = COST * most;
    this.metrics = metrics;
  }

  /** A request is sent for the first time. */
  void sent() {
    if (left.get() < most) {
      left.addAndGet(EARNED);
    }
  }

  /** {@return whether one may be sent again, which is then taken into account} */
  boolean take() {
    boolean granted = left.addAndGet(-COST) >= 0;
    if (!granted) {
      left.addAndGet(COST);
    }
    metrics.retried(upstream, granted);
    return granted;
  }
}

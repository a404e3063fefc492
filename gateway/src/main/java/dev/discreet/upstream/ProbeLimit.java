package dev.discreet.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** How many probes of one upstream are under way. */
final class ProbeLimit {
  private final AtomicInteger left;

  ProbeLimit(int most) {
    left = new AtomicInteger(most);
  }

  boolean take() {
    if (left.getAndDecrement() > 0) {
      return true;
    }
    left.incrementAndGet();
    return false;
  }

  void give() {
    left.incrementAndGet();
  }
}

package dev.discreet.upstream;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A probe under way, and all who wait for it, each on its own event loop. */
final class ProbeFlight {
  /** Who waits. */
  record Waiter(EventLoop loop, Consumer<Finding> answer) {}

  private final List<Waiter> waiters = new ArrayList<>();
  private boolean landed;
  private volatile boolean stale;

  /** Waits with the others; {@return false if it has landed, or what it finds is out of date} */
  synchronized boolean join(Waiter waiter) {
    if (landed || stale) {
      return false;
    }
    waiters.add(waiter);
    return true;
  }

  boolean stale() {
    return stale;
  }

  synchronized void goStale() {
    stale = true;
  }

  void land(Finding finding) {
    List<Waiter> all;
    synchronized (this) {
      landed = true;
      all = List.copyOf(waiters);
    }
    for (Waiter waiter : all) {
      if (waiter.loop().inEventLoop()) {
        waiter.answer().accept(finding);
      } else {
        waiter.loop().execute(() -> waiter.answer().accept(finding));
      }
    }
  }
}

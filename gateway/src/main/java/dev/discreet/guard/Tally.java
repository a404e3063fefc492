package dev.discreet.guard;

import dev.discreet.config.GuardConfig;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is charged to one account. A window begins with its first refusal and has a fixed length;
 * the refusal that fills it begins a block of fixed length, in which nothing is counted. Times are
 * of a clock that nobody sets. For many threads, none of which waits.
 */
final class Tally {
  private static final State EMPTY = new State(0, 0, 0, false);

  private final AtomicReference<State> state = new AtomicReference<>(EMPTY);

  /**
   * A moment in the life of a tally.
   *
   * @param since when the window began
   * @param count the refusals in it; 0 for no window
   * @param until when the block ends
   * @param blocked whether there is a block, be it over
   */
  private record State(long since, int count, long until, boolean blocked) {
    long left(long now) {
      return blocked ? Math.max(0, until - now) : 0;
    }

    State charged(long now, GuardConfig config) {
      if (left(now) > 0) {
        return this;
      }
      boolean goesOn = count > 0 && now - since < config.window().toNanos();
      int charges = goesOn ? count + 1 : 1;
      return charges >= config.refusals()
          ? new State(0, 0, now + config.block().toNanos(), true)
          : new State(goesOn ? since : now, charges, 0, false);
    }
  }

  /** {@return how long the block lasts still in nanoseconds, 0 for none} */
  long blocked(long now) {
    return state.get().left(now);
  }

  /** Counts a refusal; {@return whether it is this one that begins a block} */
  boolean charge(long now, GuardConfig config) {
    State before;
    State after;
    do {
      before = state.get();
      after = before.charged(now, config);
    } while (!state.compareAndSet(before, after));
    return after.left(now) > 0 && before.left(now) == 0;
  }
}

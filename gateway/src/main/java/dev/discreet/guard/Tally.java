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

  /** What became of a refusal. */
  enum Charged {
    /** It came within a block. */
    NOT,
    ONE_MORE,
    /** It begins a block. */
    LAST
  }

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

  /** Counts a refusal, but within a block. */
  Charged charge(long now, GuardConfig config) {
    State before;
    State after;
    do {
      before = state.get();
      if (before.left(now) > 0) {
        return Charged.NOT;
      }
      after = before.charged(now, config);
    } while (!state.compareAndSet(before, after));
    return after.blocked() ? Charged.LAST : Charged.ONE_MORE;
  }

  /** Others have begun a block; {@return whether there was none} */
  boolean block(long now, long nanos) {
    State before = state.get();
    return before.left(now) == 0 && state.compareAndSet(before, new State(0, 0, now + nanos, true));
  }
}

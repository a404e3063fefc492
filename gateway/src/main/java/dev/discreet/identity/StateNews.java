package dev.discreet.identity;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * When to tell in which state something is: at once, but each state once a minute at most, so that
 * what comes and goes floods no log. The next line says how often it did. For one thread.
 */
final class StateNews<S extends Enum<S>> {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Ticker ticker;
  private final Map<S, RateLimit> limits;
  private S state;
  private S told;
  private int changes;

  /** Begins with a state that needs not be told. */
  StateNews(S initial, Ticker ticker) {
    this.ticker = ticker;
    limits = new EnumMap<>(initial.getDeclaringClass());
    state = initial;
    told = initial;
  }

  /**
   * It is well: told unless that was told last.
   *
   * @param line is given what belongs at its end
   */
  void well(S now, Consumer<String> line) {
    enter(now);
    if (told != now) {
      tell(line);
    }
  }

  /**
   * It is not well: told again while it lasts.
   *
   * @param line is given what belongs at its end
   */
  void unwell(S now, Consumer<String> line) {
    enter(now);
    tell(line);
  }

  private void enter(S now) {
    if (state != now) {
      state = now;
      changes++;
    }
  }

  private void tell(Consumer<String> line) {
    if (limits.computeIfAbsent(state, _ -> new RateLimit(EVERY, ticker)).permits()) {
      line.accept(changes > 1 ? " (" + changes + " changes since the last line)" : "");
      told = state;
      changes = 0;
    }
  }
}

package dev.discreet.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many refusals are too many.
 *
 * @param refusals how many within {@code window} begin a block; at least 1
 * @param window how long refusals are counted together, from the first of them
 * @param block how long a block lasts
 * @param by what is counted by; nothing at all where there is no guard
 * @param redis where it is counted together with other gateways, or null
 */
public record GuardConfig(
    int refusals, Duration window, Duration block, Set<By> by, @Nullable RedisUrl redis) {
  /** Nothing is counted, and nobody blocked. */
  public static final GuardConfig OFF =
      new GuardConfig(1, Duration.ofMinutes(1), Duration.ofMinutes(1), Set.of(), null);

  public GuardConfig {
    by = Set.copyOf(by);
  }

  /** What refusals are counted by. */
  public enum By {
    SUBJECT,
    ADDRESS
  }

  /**
   * So many of something in a time.
   *
   * @param count at least 1
   */
  record Rate(int count, Duration per) {}
}

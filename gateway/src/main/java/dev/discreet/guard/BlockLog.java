package dev.discreet.guard;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.discreet.config.GuardConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who is blocked, ten times a minute at most: a flood from many addresses floods no log. The
 * next line says how many went untold. For many threads.
 */
final class BlockLog {
  private static final Logger log = LoggerFactory.getLogger(BlockLog.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_LINES = 10;

  private final GuardConfig config;
  private final Ticker ticker;
  private final AtomicLong minute;
  private final AtomicInteger lines = new AtomicInteger();
  private final AtomicInteger untold = new AtomicInteger();

  BlockLog(GuardConfig config, Ticker ticker) {
    this.config = config;
    this.ticker = ticker;
    minute = new AtomicLong(ticker.read());
  }

  /**
   * Tells.
   *
   * @param left how long the block lasts
   * @param here whether it was this gateway that counted the last refusal
   */
  void blocked(Account account, Duration left, boolean here) {
    if (!permits(ticker.read())) {
      untold.incrementAndGet();
      return;
    }
    int others = untold.getAndSet(0);
    log.warn(
        "{} is blocked until {}: {} within {} s{}{}",
        account,
        Instant.now().plus(left).truncatedTo(ChronoUnit.SECONDS),
        config.refusals() == 1 ? "1 refusal" : config.refusals() + " refusals",
        config.window().toSeconds(),
        here ? "" : ", counted together with other gateways",
        others == 0 ? "" : "; blocked since the last line, and not told: " + others);
  }

  private boolean permits(long now) {
    long began = minute.get();
    if (now - began >= MINUTE_NANOS && minute.compareAndSet(began, now)) {
      lines.set(0);
    }
    return lines.incrementAndGet() <= MOST_LINES;
  }
}

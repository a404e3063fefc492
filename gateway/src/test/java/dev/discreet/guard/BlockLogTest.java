package dev.discreet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GuardConfig;
import dev.discreet.config.GuardConfig.By;
import dev.discreet.testing.LogLines;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The log is told who is blocked, and not flooded. */
class BlockLogTest {
  private static final Duration BLOCK = Duration.ofMinutes(5);

  @Test
  void tellsTenInAMinuteAndThenHowManyItDidNot() {
    AtomicLong clock = new AtomicLong(-5);
    GuardConfig config =
        new GuardConfig(60, Duration.ofMinutes(1), BLOCK, Set.of(By.SUBJECT), null);
    BlockLog log = new BlockLog(config, clock::get);
    try (LogLines lines = LogLines.of(BlockLog.class.getName())) {
      for (int i = 0; i < 25; i++) {
        log.blocked(new Account.Subject("main", "user-" + i, false), BLOCK, i % 2 == 0);
      }
      assertThat(lines.lines()).hasSize(10);
      assertThat(lines.lines().get(0))
          .matches(
              "WARN the subject user-0 of main is blocked until [0-9-]+T[0-9:]+Z:"
                  + " 60 refusals within 60 s");
      assertThat(lines.lines().get(1)).endsWith(", counted together with other gateways");
      clock.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
      log.blocked(new Account.Subject("main", "late", false), BLOCK, true);
      assertThat(lines.lines()).hasSize(10);
      clock.addAndGet(1);
      log.blocked(new Account.Subject("main", "later", false), BLOCK, true);
      assertThat(lines.lines()).hasSize(11);
      assertThat(lines.lines().getLast())
          .contains("the subject later of main")
          .endsWith("; blocked since the last line, and not told: 16");
    }
  }
}

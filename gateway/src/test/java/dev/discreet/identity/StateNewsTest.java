package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.LogLines;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of issuers that come and go. */
class StateNewsTest {
  private static final String AWAY =
      "WARN issuer main does not say whether tokens are valid, they are answered 503: away";
  private static final String BACK = "INFO issuer main says again whether tokens are valid";
  private static final String KEYS =
      "INFO issuer main: keys are there, 2 of them can verify tokens";
  private static final String KEPT =
      "WARN issuer main: keys could not be refreshed, the old ones are kept: away";

  private final ManualClock clock = new ManualClock();

  private long nanos() {
    return Duration.between(ManualClock.START, clock.instant()).toNanos();
  }

  private void after(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void anIssuerThatFlapsFillsTwoLinesAMinute() {
    IntrospectionLog introspection = new IntrospectionLog("main", this::nanos);
    try (LogLines log = LogLines.of(IntrospectionLog.class.getName())) {
      introspection.answered();
      assertThat(log.lines()).as("as it should be").isEmpty();
      for (int i = 0; i < 1000; i++) {
        introspection.failed("away");
        introspection.answered();
      }
      assertThat(log.lines()).containsExactly(AWAY, BACK);

      after(60);
      introspection.failed("away");
      introspection.answered();
      assertThat(log.lines().subList(2, 4))
          .containsExactly(AWAY + " (1999 changes since the last line)", BACK);
    }
  }

  @Test
  void whatLastsIsToldOnceAMinuteAndItsEndAtOnce() {
    IntrospectionLog introspection = new IntrospectionLog("main", this::nanos);
    try (LogLines log = LogLines.of(IntrospectionLog.class.getName())) {
      for (int i = 0; i < 120; i++) {
        introspection.failed("away");
        after(1);
      }
      introspection.answered();
      after(60);
      introspection.answered();
      assertThat(log.lines()).containsExactly(AWAY, AWAY, BACK);
    }
  }

  /** Else the last line would say for good that something is wrong. */
  @Test
  void anEndThatWasNotToldIsToldLater() {
    IntrospectionLog introspection = new IntrospectionLog("main", this::nanos);
    try (LogLines log = LogLines.of(IntrospectionLog.class.getName())) {
      introspection.failed("away");
      after(50);
      introspection.answered();
      after(10);
      introspection.failed("away");
      introspection.answered();
      introspection.answered();
      assertThat(log.lines()).containsExactly(AWAY, BACK, AWAY);
      after(50);
      introspection.answered();
      assertThat(log.lines().subList(3, 4)).containsExactly(BACK);
    }
  }

  @Test
  void eachStateOfKeysIsToldByItself() {
    KeyLog keys = new KeyLog("main", this::nanos);
    IOException away = new IOException("away");
    try (LogLines log = LogLines.of(KeyLog.class.getName())) {
      keys.failed(false, away);
      keys.arrived(2);
      keys.failed(true, away);
      keys.arrived(0);
      assertThat(log.lines())
          .containsExactly(
              "WARN issuer main has no keys, its tokens are answered 503: away",
              KEYS,
              KEPT,
              "WARN issuer main: no key of its set can verify tokens, all its tokens are 401");

      for (int i = 0; i < 10; i++) {
        keys.arrived(2);
        keys.failed(true, away);
      }
      after(60);
      keys.arrived(2);
      assertThat(log.lines().subList(4, 5))
          .containsExactly(KEYS + " (21 changes since the last line)");
    }
  }
}

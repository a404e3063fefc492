package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.LogConfig;
import dev.discreet.telemetry.Telemetry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When keys are asked for, over hours that pass in no time. */
class IssuerKeysTest {
  private static final String ONE = Keys.set(Keys.rsaJwk("k1", Keys.RSA));
  private static final String TWO = Keys.set(Keys.rsaJwk("k2", Keys.OTHER_RSA));

  private final ManualClock clock = new ManualClock();
  private final EmbeddedChannel time = new EmbeddedChannel();
  private final List<CompletableFuture<KeyDocument>> asked = new ArrayList<>();
  private final Telemetry telemetry =
      Telemetry.create(
          new LogConfig(LogConfig.Level.INFO, false, true),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  private long nanos = Long.MAX_VALUE - 1000;
  private IssuerKeys keys = keys(new IssuerSettings());

  private IssuerKeys keys(IssuerSettings settings) {
    IssuerConfig issuer = settings.with(Keys.file());
    return new IssuerKeys(
        issuer, this::ask, time.eventLoop(), telemetry.tokens(), clock, () -> nanos);
  }

  private CompletableFuture<KeyDocument> ask() {
    CompletableFuture<KeyDocument> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }

  @BeforeEach
  void start() {
    time.freezeTime();
    keys.start();
    time.runPendingTasks();
  }

  @AfterEach
  void stop() {
    keys.close();
    time.runPendingTasks();
    time.finishAndReleaseAll();
    telemetry.close();
  }

  private void pass(Duration duration) {
    clock.advance(duration);
    nanos += duration.toNanos();
    time.advanceTimeBy(duration.toMillis(), TimeUnit.MILLISECONDS);
    time.runScheduledPendingTasks();
    time.runPendingTasks();
  }

  private void answer(String set, Duration fresh) {
    asked.getLast().complete(new KeyDocument(set.getBytes(StandardCharsets.UTF_8), fresh));
    time.runPendingTasks();
  }

  private void answer(String set) {
    answer(set, KeyDocument.USUALLY_FRESH);
  }

  private void fail() {
    asked.getLast().completeExceptionally(new IOException("down"));
    time.runPendingTasks();
  }

  private boolean has(String keyId) {
    KeySet current = keys.current();
    return current != null && current.names(keyId);
  }

  @Test
  void theFirstAttemptEndsWellOrBadly() {
    assertThat(keys.firstAttempt()).isNotDone();
    assertThat(keys.current()).isNull();
    fail();
    assertThat(keys.firstAttempt()).isCompleted();
    assertThat(keys.current()).isNull();
  }

  @Test
  void keysThatNeverArrivedAreAskedForEveryTenSeconds() {
    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(asked).hasSize(attempt);
      fail();
      pass(Duration.ofMillis(9900));
      assertThat(asked).hasSize(attempt);
      pass(Duration.ofMillis(100));
    }
    answer(ONE);
    assertThat(has("k1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"PT5M,PT24H", "PT1H,PT24H", "PT1H,PT10M", "PT5M,PT20S"})
  void keysAreRefreshedAheadOfTime(Duration fresh, Duration keep) {
    stop();
    asked.clear();
    keys = keys(new IssuerSettings().keepKeysFor(keep));
    keys.start();
    time.runPendingTasks();
    Duration most = fresh.compareTo(keep) < 0 ? fresh : keep;
    for (int round = 1; round <= 5; round++) {
      answer(ONE, fresh);
      pass(most.multipliedBy(65).dividedBy(100));
      assertThat(asked).as("not much too early").hasSize(round);
      pass(most.multipliedBy(30).dividedBy(100));
      assertThat(asked).as("before the keys are too old").hasSize(round + 1);
      assertThat(has("k1")).isTrue();
    }
  }

  @Test
  void whoHasOldKeysAsksLessOftenEachTime() {
    answer(ONE);
    pass(Duration.ofMinutes(5));
    for (int wait : new int[] {10, 20, 40, 80, 160, 320, 320}) {
      int before = asked.size();
      fail();
      pass(Duration.ofSeconds(wait - 1));
      assertThat(asked).as("%d s after a failure", wait).hasSize(before);
      pass(Duration.ofSeconds(1));
      assertThat(asked).hasSize(before + 1);
    }
  }

  @Test
  void keysThatAreTooOldAreAskedForAsIfTheyHadNeverArrived() {
    stop();
    asked.clear();
    keys = keys(new IssuerSettings().keepKeysFor(Duration.ofMinutes(10)));
    keys.start();
    time.runPendingTasks();
    answer(ONE);
    pass(Duration.ofMinutes(5));
    while (keys.current() != null) {
      fail();
      pass(Duration.ofSeconds(10));
    }
    int before = asked.size();
    fail();
    pass(Duration.ofSeconds(10));
    assertThat(asked).hasSize(before + 1);
  }

  @Test
  void keysAreKeptWhileTheirSourceIsDownButNotForEver() {
    answer(ONE);
    Duration passed = Duration.ZERO;
    while (passed.compareTo(Duration.ofHours(24)) < 0) {
      assertThat(has("k1")).isTrue();
      pass(Duration.ofMinutes(5));
      passed = passed.plus(Duration.ofMinutes(5));
      fail();
    }
    assertThat(keys.current()).isNull();
    pass(Duration.ofSeconds(10));
    answer(ONE);
    assertThat(has("k1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      value = {"<html>", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]", "''"},
      delimiter = '|')
  void whatIsNoKeySetReplacesNone(String document) {
    answer(ONE);
    pass(Duration.ofMinutes(5));
    answer(document);
    assertThat(has("k1")).isTrue();
    pass(Duration.ofSeconds(10));
    answer(TWO);
    assertThat(has("k1")).isFalse();
    assertThat(has("k2")).isTrue();
  }

  @Test
  void manyWhoLackAKeyShareOneRefetch() {
    answer(ONE);
    int[] done = {0};
    for (int i = 0; i < 300; i++) {
      keys.awaitRefetch(() -> done[0]++);
    }
    assertThat(asked).hasSize(2);
    assertThat(done[0]).isZero();
    answer(TWO);
    assertThat(done[0]).isEqualTo(300);
    assertThat(has("k2")).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(done[0]).isEqualTo(300);
  }

  @Test
  void randomKeyIdsCostOneRefetchInTenSeconds() {
    answer(ONE);
    int[] done = {0};
    for (int i = 0; i < 300; i++) {
      keys.awaitRefetch(() -> done[0]++);
      if (asked.size() == 2) {
        answer(ONE);
      }
      pass(Duration.ofMillis(33));
    }
    assertThat(asked).hasSize(2);
    assertThat(done[0]).isEqualTo(300);
    pass(Duration.ofMillis(100));
    keys.awaitRefetch(() -> done[0]++);
    assertThat(asked).hasSize(3);
  }

  /** The worst case: the refetch is spent a moment before the source has a new key. */
  @Test
  void randomKeyIdsDelayARotationByOneIntervalAtMost() {
    answer(ONE);
    keys.awaitRefetch(() -> {});
    answer(ONE);
    Duration delay = Duration.ZERO;
    while (!has("k2")) {
      assertThat(delay).isLessThan(Duration.ofSeconds(10));
      pass(Duration.ofMillis(100));
      delay = delay.plusMillis(100);
      for (int i = 0; i < 3; i++) {
        keys.awaitRefetch(() -> {});
      }
      answer(TWO);
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void refetchesDoNotMultiplyThePlan() {
    answer(ONE);
    for (int i = 0; i < 60; i++) {
      pass(Duration.ofSeconds(10));
      keys.awaitRefetch(() -> {});
      answer(ONE);
    }
    int before = asked.size();
    for (int i = 0; i < 60; i++) {
      pass(Duration.ofMinutes(1));
      answer(ONE);
    }
    assertThat(asked.size() - before).isBetween(10, 20);
  }

  @Test
  void nobodyWaitsLongerThanHalfASecond() {
    answer(ONE);
    int[] done = {0};
    keys.awaitRefetch(() -> done[0]++);
    pass(Duration.ofMillis(499));
    assertThat(done[0]).isZero();
    pass(Duration.ofMillis(1));
    assertThat(done[0]).isEqualTo(1);
    answer(TWO);
    assertThat(done[0]).isEqualTo(1);
    assertThat(has("k2")).as("late, and yet of use to the next").isTrue();
  }

  @Test
  void nothingIsAskedAfterTheEnd() {
    answer(ONE);
    keys.close();
    time.runPendingTasks();
    pass(Duration.ofHours(1));
    assertThat(asked).hasSize(1);
  }
}

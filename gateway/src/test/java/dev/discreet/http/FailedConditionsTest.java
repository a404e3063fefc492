package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.discreet.config.LogConfig;
import dev.discreet.policy.Condition.Outcome;
import dev.discreet.telemetry.Telemetry;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every failure is counted; each grant's is told once a minute. */
class FailedConditionsTest {
  private final Telemetry telemetry =
      Telemetry.create(
          new LogConfig(LogConfig.Level.INFO, false, true),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  private final AtomicLong nanos = new AtomicLong();
  private final FailedConditions failures =
      new FailedConditions(telemetry.conditions(), nanos::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(FailedConditions.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  @BeforeEach
  void listen() {
    told.start();
    logger.addAppender(told);
  }

  @AfterEach
  void close() {
    logger.detachAppender(told);
    telemetry.close();
  }

  @Test
  void eachGrantIsToldOfOnceAMinute() {
    failures.failed("grants.yaml:2", Outcome.MISSING);
    failures.failed("grants.yaml:2", Outcome.MISSING);
    failures.failed("grants.yaml:9", Outcome.TOO_COSTLY);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
    failures.failed("grants.yaml:2", Outcome.MISSING);
    nanos.incrementAndGet();
    failures.failed("grants.yaml:2", Outcome.WRONG_VALUE);

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "grant grants.yaml:2: its condition can't be evaluated, so it is false: a claim or a"
                + " name that it reads is not there; has(…) asks whether it is",
            "grant grants.yaml:9: its condition can't be evaluated, so it is false: it costs too"
                + " much, by itself or after those before it",
            "grant grants.yaml:2: its condition can't be evaluated, so it is false: a value is of"
                + " a type or form that it can't work with");
    assertThat(telemetry.scrape())
        .contains("discreet_condition_failures_total{grant=\"grants.yaml:2\"} 4.0")
        .contains("discreet_condition_failures_total{grant=\"grants.yaml:9\"} 1.0");
  }
}

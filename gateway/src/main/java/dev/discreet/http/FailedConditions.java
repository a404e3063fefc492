package dev.discreet.http;

import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.ConditionFailures;
import dev.discreet.telemetry.ConditionMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts conditions that could not be evaluated, and tells of each grant's once a minute. No value
 * of a claim is told.
 */
final class FailedConditions implements ConditionFailures {
  private static final Logger log = LoggerFactory.getLogger(FailedConditions.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final ConditionMetrics metrics;
  private final LongSupplier nanoTime;
  // By the places of grants, so bounded by the configuration.
  private final Map<String, Long> last = new ConcurrentHashMap<>();

  FailedConditions(ConditionMetrics metrics) {
    this(metrics, System::nanoTime);
  }

  FailedConditions(ConditionMetrics metrics, LongSupplier nanoTime) {
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  @Override
  public void failed(String grant, Outcome outcome) {
    metrics.failed(grant);
    long now = nanoTime.getAsLong();
    last.compute(
        grant,
        (place, told) -> {
          if (told != null && now - told < MINUTE_NANOS) {
            return told;
          }
          log.warn(
              "grant {}: its condition can't be evaluated, so it is false: {}",
              place,
              reason(outcome));
          return now;
        });
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case MISSING -> "a claim or a name that it reads is not there; has(…) asks whether it is";
      case WRONG_VALUE -> "a value is of a type or form that it can't work with";
      case TOO_COSTLY -> "it costs too much, by itself or after those before it";
      case HOLDS, DOES_NOT_HOLD -> throw new IllegalArgumentException("did not fail: " + outcome);
    };
  }
}

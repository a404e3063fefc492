package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;

/** Conditions of grants that could not be evaluated. */
public final class ConditionMetrics {
  private final Meters<String, Counter> failures;

  ConditionMetrics(MeterRegistry registry) {
    failures =
        new Meters<>(
            registry,
            grant ->
                Counter.builder("discreet.condition.failures")
                    .description("Conditions that could not be evaluated, so that they were false")
                    .tag("grant", grant)
                    .register(registry));
  }

  void retain(Predicate<String> grant) {
    failures.retain(grant);
  }

  /**
   * Counts an evaluation that failed.
   *
   * @param grant where the grant stands in the configuration, {@code file:line}
   */
  public void failed(String grant) {
    failures.of(grant).increment();
  }
}

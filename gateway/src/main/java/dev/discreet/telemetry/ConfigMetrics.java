package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Which configuration is in force, by its age, and what became of changes to it. */
public final class ConfigMetrics {
  private final AtomicLong loadedMillis = new AtomicLong();
  private final Counter successes;
  private final Counter failures;

  ConfigMetrics(MeterRegistry registry) {
    successes = reloads(registry, "success");
    failures = reloads(registry, "failure");
    TimeGauge.builder(
            "discreet.config.loaded.timestamp",
            loadedMillis,
            TimeUnit.MILLISECONDS,
            AtomicLong::doubleValue)
        .description("When the configuration in force was loaded")
        .register(registry);
  }

  private static Counter reloads(MeterRegistry registry, String result) {
    return Counter.builder("discreet.config.reloads")
        .description("Changes of the configuration that were, or were not, taken over")
        .tag("result", result)
        .register(registry);
  }

  /** A change was taken over at {@code when}. */
  public void takenOver(Instant when) {
    successes.increment();
    loaded(when);
  }

  /** A change was not taken over. */
  public void refused() {
    failures.increment();
  }

  /** The configuration in force was loaded at {@code when}. */
  public void loaded(Instant when) {
    loadedMillis.set(when.toEpochMilli());
  }
}

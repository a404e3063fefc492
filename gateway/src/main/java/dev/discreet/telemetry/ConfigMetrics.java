package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Which configuration is in force, by its age. */
public final class ConfigMetrics {
  private final AtomicLong loadedMillis = new AtomicLong();

  ConfigMetrics(MeterRegistry registry) {
    for (String result : new String[] {"success", "failure"}) {
      Counter.builder("discreet.config.reloads")
          .description("Changes of the configuration that were, or were not, taken over")
          .tag("result", result)
          .register(registry);
    }
    TimeGauge.builder(
            "discreet.config.loaded.timestamp",
            loadedMillis,
            TimeUnit.MILLISECONDS,
            AtomicLong::doubleValue)
        .description("When the configuration in force was loaded")
        .register(registry);
  }

  /** The configuration in force was loaded at {@code when}. */
  public void loaded(Instant when) {
    loadedMillis.set(when.toEpochMilli());
  }
}

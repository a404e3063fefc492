package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Predicate;

/** Probes: the gateway's own questions whether a resource exists. */
public final class ProbeMetrics {
  private final Meters<Labels, Counter> probes;

  ProbeMetrics(MeterRegistry registry) {
    probes =
        new Meters<>(
            registry,
            labels ->
                Counter.builder("discreet.probes")
                    .description("Questions whether a resource exists")
                    .tag("upstream", labels.upstream)
                    .tag("result", labels.result.label)
                    .register(registry));
  }

  /**
   * Counts a question.
   *
   * @param upstream the configuration's name of it
   * @param result how it was answered
   */
  public void probed(String upstream, Result result) {
    probes.of(new Labels(upstream, result)).increment();
  }

  void retain(Predicate<String> upstream) {
    probes.retain(labels -> upstream.test(labels.upstream));
  }

  /** How a question was answered. */
  public enum Result {
    PRESENT,
    ABSENT,
    /** The probe failed, or its answer says neither. */
    UNKNOWN,
    /** The upstream answered 401 or 403: the probe lacks a credential. */
    REFUSED,
    /** Answered without a probe. */
    CACHED;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private record Labels(String upstream, Result result) {}
}

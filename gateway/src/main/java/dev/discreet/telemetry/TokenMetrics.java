package dev.discreet.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;

/** Tokens that were checked, and the key sets they are checked with. */
public final class TokenMetrics {
  /** The label of tokens whose issuer can't be told. */
  public static final String UNKNOWN = "unknown";

  private final Meters<Labels, Counter> checks;
  private final Meters<Labels, Counter> refreshes;

  TokenMetrics(MeterRegistry registry) {
    checks = meters(registry, "discreet.tokens", "Tokens that were checked");
    refreshes = meters(registry, "discreet.jwks.refreshes", "Attempts to fetch a key set");
  }

  /**
   * Counts a token.
   *
   * @param issuer the configuration's name of it, or {@code unknown}
   * @param result {@code valid}, or the description of a reason why not
   */
  public void checked(String issuer, String result) {
    checks.of(new Labels(issuer, result)).increment();
  }

  /**
   * Counts an attempt to fetch a key set.
   *
   * @param issuer the configuration's name of it
   * @param success whether a usable key set arrived
   */
  public void jwksRefreshed(String issuer, boolean success) {
    refreshes.of(new Labels(issuer, success ? "success" : "failure")).increment();
  }

  void retain(Predicate<String> issuer) {
    checks.retain(labels -> issuer.test(labels.issuer));
    refreshes.retain(labels -> issuer.test(labels.issuer));
  }

  private static Meters<Labels, Counter> meters(
      MeterRegistry registry, String name, String description) {
    return new Meters<>(
        registry,
        labels ->
            Counter.builder(name)
                .description(description)
                .tag("issuer", labels.issuer)
                .tag("result", labels.result)
                .register(registry));
  }

  private record Labels(String issuer, String result) {}
}

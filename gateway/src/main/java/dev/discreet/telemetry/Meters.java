package dev.discreet.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Meters by their labels. Finding one that exists costs a hash lookup without a lock; the
 * registry's own lookup would build and sort a list of tags each time.
 *
 * @param <K> the labels
 * @param <M> the meter
 */
final class Meters<K, M extends Meter> {
  private final ConcurrentHashMap<K, M> known = new ConcurrentHashMap<>();
  private final MeterRegistry registry;
  private final Function<K, M> register;

  Meters(MeterRegistry registry, Function<K, M> register) {
    this.registry = registry;
    this.register = register;
  }

  M of(K labels) {
    M meter = known.get(labels);
    return meter != null ? meter : known.computeIfAbsent(labels, register);
  }

  /** Takes those out of the registry whose labels no configuration gives any more. */
  void retain(Predicate<K> given) {
    for (K labels : known.keySet()) {
      if (!given.test(labels)) {
        // Within the map's own step, so that nobody finds a meter that is in no registry.
        known.computeIfPresent(
            labels,
            (same, meter) -> {
              registry.remove(meter);
              return null;
            });
      }
    }
  }
}

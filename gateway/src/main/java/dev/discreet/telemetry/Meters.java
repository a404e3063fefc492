package dev.discreet.telemetry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters by their labels. Finding one that exists costs a hash lookup without a lock; the
 * registry's own lookup would build and sort a list of tags each time.
 *
 * @param <K> the labels
 * @param <M> the meter
 */
final class Meters<K, M> {
  private final ConcurrentHashMap<K, M> known = new ConcurrentHashMap<>();
  private final Function<K, M> register;

  Meters(Function<K, M> register) {
    this.register = register;
  }

  M of(K labels) {
    M meter = known.get(labels);
    return meter != null ? meter : known.computeIfAbsent(labels, register);
  }
}

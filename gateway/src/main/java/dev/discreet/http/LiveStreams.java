package dev.discreet.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exchanges whose answers last: upgraded connections, event streams, gRPC (SPEC §4). What
 * became of their request's decision is asked anew after each change of the configuration.
 */
final class LiveStreams {
  private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();

  void add(LiveStream stream) {
    open.add(stream);
  }

  void remove(LiveStream stream) {
    open.remove(stream);
  }

  /** Ends those that {@code next} would not permit. */
  void decideAnew(Snapshot next) {
    open.forEach(stream -> stream.decideAnew(next));
  }
}

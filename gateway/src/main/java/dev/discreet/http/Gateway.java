package dev.discreet.http;

import dev.discreet.telemetry.Telemetry;

/** What the connections of a running gateway share. */
final class Gateway {
  private final Telemetry telemetry;
  private final Connections connections;
  private final LiveStreams streams = new LiveStreams();
  private final RequestsInFlight inFlight = new RequestsInFlight();
  private volatile Snapshot current;
  private volatile boolean draining;
  private volatile boolean ending;

  Gateway(Telemetry telemetry, Snapshot first) {
    this.telemetry = telemetry;
    connections = new Connections(telemetry.requests());
    current = first;
  }

  /** {@return what follows from the configuration in force} */
  Snapshot current() {
    return current;
  }

  /** Requests that begin from now on see {@code next}; what lasts is decided anew by it. */
  void swap(Snapshot next) {
    current = next;
    streams.decideAnew(next);
  }

  LiveStreams streams() {
    return streams;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  Connections connections() {
    return connections;
  }

  RequestsInFlight inFlight() {
    return inFlight;
  }

  boolean draining() {
    return draining;
  }

  /** From now on every answer ends its connection; what has streams is told that it will end. */
  void drain() {
    draining = true;
    connections.announceEnd();
  }

  boolean ending() {
    return ending;
  }

  /**
   * Whoever sent anything since {@link #drain} knows of the end. Connections at rest are closed;
   * the others after what is under way, even where the head of an answer, sent before, did not say
   * so.
   */
  void end() {
    ending = true;
    connections.closeIdle();
  }
}

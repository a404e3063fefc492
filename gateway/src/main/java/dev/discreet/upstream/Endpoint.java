package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One address of an upstream: its connections, what is under way there, and how it fares. */
final class Endpoint {
  /** What an address that has just returned gets of its share, so that it is tried at all. */
  private static final double LEAST_SHARE = 0.1;

  private final Destination destination;
  private final Connector connector;
  private final Quota quota;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean ejected;
  private volatile boolean down;
  private volatile boolean returning;
  private volatile long returnedNanos;
  private volatile long returnNanos;

  Endpoint(UpstreamConfig config, Destination destination, Connector connector) {
    this.destination = destination;
    this.connector = connector;
    quota = new Quota(config, destination);
  }

  Destination destination() {
    return destination;
  }

  Pool pool(EventLoop loop) {
    return quota.pool(loop, connector);
  }

  /** Nobody new will come: what rests is closed, the rest ends with its exchanges. */
  void retire() {
    quota.retire();
  }

  int inFlight() {
    return inFlight.get();
  }

  void enter() {
    inFlight.incrementAndGet();
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  /** It answered, whatever it said. */
  void answered() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /** It failed once more; {@return how often in a row} */
  int failed() {
    return failures.incrementAndGet();
  }

  boolean ejected() {
    return ejected;
  }

  /** Sets whether it failed too often. */
  void ejected(boolean value) {
    ejected = value;
    failures.set(0);
  }

  boolean down() {
    return down;
  }

  /** Sets whether checks find it ill. */
  void down(boolean value) {
    down = value;
  }

  /** It is back: its share grows to a full one in {@code nanos}. */
  void returned(long nanos) {
    returnNanos = nanos;
    returnedNanos = System.nanoTime();
    returning = true;
  }

  /** {@return whether it may be chosen this time, which is by chance while its share grows} */
  boolean admits() {
    if (!returning) {
      return true;
    }
    double share = (double) (System.nanoTime() - returnedNanos) / returnNanos;
    if (share >= 1) {
      returning = false;
    }
    return ThreadLocalRandom.current().nextDouble() < Math.max(share, LEAST_SHARE);
  }
}

package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the pools of one address share: how many connections, how many that wait. */
final class Quota {
  private final UpstreamConfig config;
  private final Destination destination;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean retired;
  private final Map<EventLoop, Pool> pools = new ConcurrentHashMap<>();

  Quota(UpstreamConfig config, Destination destination) {
    this.config = config;
    this.destination = destination;
  }

  Pool pool(EventLoop loop, Connector connector) {
    return pools.computeIfAbsent(loop, key -> new Pool(key, config, destination, connector, this));
  }

  /** Nobody new will come: what rests is closed, and so is what is given back. */
  void retire() {
    retired = true;
    pools.values().forEach(pool -> pool.loop().execute(pool::closeIdle));
  }

  /** {@return whether a connection that nobody waits for is worth its place} */
  boolean keepsIdle() {
    return !retired && !contended();
  }

  boolean takeConnection() {
    return take(connections, config.connections().perHost());
  }

  void giveConnection() {
    connections.decrementAndGet();
  }

  boolean takePending() {
    return take(pending, config.connections().pending());
  }

  void givePending() {
    pending.decrementAndGet();
  }

  /** {@return whether somebody waits while every place is taken} */
  boolean contended() {
    return pending.get() > 0 && connections.get() >= config.connections().perHost();
  }

  private static boolean take(AtomicInteger count, int most) {
    if (count.incrementAndGet() <= most) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  /** A pool has nothing while others may rest: each of them lets one go. */
  void starving(Pool starving) {
    pools.values().stream()
        .filter(pool -> pool != starving)
        .forEach(pool -> pool.loop().execute(pool::yieldOne));
  }

  /** A connection ended: another loop may be waiting for its place. */
  void freed(Pool by) {
    if (pending.get() > 0) {
      pools.values().stream()
          .filter(pool -> pool != by)
          .forEach(pool -> pool.loop().execute(pool::serveWaiting));
    }
  }
}

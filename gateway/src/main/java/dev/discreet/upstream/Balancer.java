package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.UpstreamMetrics;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which address of an upstream a request goes to: of two that are drawn, the one where less is
 * under way. An address that fails too often, or that checks find ill, gets none for a while.
 */
final class Balancer {
  private final UpstreamConfig config;
  private final Connector connector;
  private final UpstreamMetrics metrics;
  private final EndpointLog log;
  private final AddressBook book;
  private final Map<Destination, Endpoint> endpoints = new LinkedHashMap<>();
  private boolean stopped;
  private volatile List<Endpoint> all = List.of();
  private volatile List<Endpoint> usable = List.of();

  Balancer(
      UpstreamConfig config,
      Connector connector,
      AddressResolverGroup<InetSocketAddress> resolver,
      UpstreamMetrics metrics) {
    this.config = config;
    this.connector = connector;
    this.metrics = metrics;
    log = new EndpointLog(config.name());
    book = new AddressBook(config, resolver, this::addresses);
  }

  /** {@return every address that there is now} */
  List<Endpoint> all() {
    return all;
  }

  /** Runs {@code then} on {@code loop} once addresses are known, or there are none. */
  void whenKnown(EventLoop loop, Runnable then) {
    book.whenKnown(loop, then);
  }

  /**
   * {@return where to go, or null for nowhere}
   *
   * @param tried to be avoided where there is another
   */
  @Nullable Endpoint choose(List<Endpoint> tried) {
    Endpoint other = tried.isEmpty() ? null : ofTwo(without(tried, usable));
    return other == null ? ofTwo(usable) : other;
  }

  /**
   * {@return where to go that was not tried, or null} One that failed too often may be back, and is
   * better than none; one that checks find ill is not.
   */
  @Nullable Endpoint chooseOther(List<Endpoint> tried) {
    Endpoint well = ofTwo(without(tried, usable));
    return well == null
        ? ofTwo(without(tried, all).stream().filter(one -> !one.down()).toList())
        : well;
  }

  /** {@return whether a client that waits since then may be let wait for another address} */
  boolean hasTime(long sinceNanos) {
    long most = config.timeouts().response().toNanos();
    return most == 0 || System.nanoTime() - sinceNanos < most;
  }

  private static List<Endpoint> without(List<Endpoint> tried, List<Endpoint> from) {
    return from.stream().filter(one -> !tried.contains(one)).toList();
  }

  /** {@return why there is nowhere to go} */
  UpstreamFailure nowhere() {
    return UpstreamFailure.unavailable(
        all.isEmpty() ? "its name is not resolved" : "none of its addresses is healthy");
  }

  private static @Nullable Endpoint ofTwo(List<Endpoint> from) {
    int size = from.size();
    if (size < 2) {
      return size == 0 ? null : from.getFirst();
    }
    int first = ThreadLocalRandom.current().nextInt(size);
    int second = ThreadLocalRandom.current().nextInt(size - 1);
    Endpoint one = from.get(first);
    Endpoint other = from.get(second < first ? second : second + 1);
    boolean admits = one.admits();
    if (admits != other.admits()) {
      return admits ? one : other;
    }
    return one.inFlight() <= other.inFlight() ? one : other;
  }

  /** A request to it ended in what is a 502 or 504 of ours, or would be without another try. */
  void failed(Endpoint endpoint, String reason, EventLoop loop) {
    int failures = config.health().failures();
    if (failures > 0 && endpoint.failed() >= failures && eject(endpoint)) {
      log.ejected(endpoint, failures, config.health().eject(), reason);
      metrics.ejected(config.name());
      var _ =
          loop.schedule(
              () -> comeBack(endpoint), config.health().eject().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private synchronized boolean eject(Endpoint endpoint) {
    boolean last = usable.stream().allMatch(one -> one == endpoint || one.ejected());
    if (last || endpoint.ejected()) {
      return false;
    }
    endpoint.ejected(true);
    sort();
    return true;
  }

  private synchronized void comeBack(Endpoint endpoint) {
    endpoint.returned(config.health().eject().toNanos());
    endpoint.ejected(false);
    if (!stopped && all.contains(endpoint)) {
      sort();
      log.returned(endpoint);
    }
  }

  /** Checks found it ill, or well again. */
  synchronized void checked(Endpoint endpoint, boolean down, String reason) {
    if (endpoint.down() == down) {
      return;
    }
    if (!down) {
      endpoint.returned(config.health().eject().toNanos());
    }
    endpoint.down(down);
    sort();
    log.checked(endpoint, down, reason);
  }

  /** Connections to addresses that are no more end; what is known of the others stays known. */
  private synchronized void addresses(Set<Destination> now) {
    now.forEach(one -> endpoints.computeIfAbsent(one, it -> new Endpoint(config, it, connector)));
    List<Endpoint> gone =
        endpoints.values().stream().filter(one -> !now.contains(one.destination())).toList();
    gone.forEach(one -> endpoints.remove(one.destination()));
    gone.forEach(Endpoint::retire);
    all = List.copyOf(endpoints.values());
    sort();
  }

  /** Where no address is well, those count that have failed but that no check found ill. */
  private void sort() {
    List<Endpoint> up = new ArrayList<>(all);
    up.removeIf(Endpoint::down);
    List<Endpoint> well = up.stream().filter(one -> !one.ejected()).toList();
    usable = well.isEmpty() ? List.copyOf(up) : well;
    if (!stopped) {
      metrics.addresses(config.name(), well.size(), all.size() - well.size());
    }
  }

  /** Looks no name up any more, and tells nothing. */
  synchronized void stop() {
    stopped = true;
    book.close();
  }

  /** No configuration has it any more: its connections end with their exchanges. */
  synchronized void retire() {
    stop();
    all.forEach(Endpoint::retire);
  }
}

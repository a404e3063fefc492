package dev.discreet.upstream;

import dev.discreet.config.Addresses;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.config.UpstreamConfig.Address;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The addresses of one upstream: those that its URLs say, and those that names in them stand for
 * now. Names are looked up when they are first needed, and from then on again and again.
 */
final class AddressBook {
  private final long patienceMillis;
  private final List<Destination> literals = new ArrayList<>();
  private final List<NamedHost> names = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private final Consumer<Set<Destination>> changed;
  private Set<Destination> told = Set.of();
  private volatile boolean begun;
  private volatile boolean known;

  private record Waiter(EventLoop loop, Runnable then) {}

  /**
   * Prepares.
   *
   * @param changed told what the addresses are, one call at a time; before this returns those that
   *     need no looking up
   */
  AddressBook(
      UpstreamConfig config,
      AddressResolverGroup<InetSocketAddress> resolver,
      Consumer<Set<Destination>> changed) {
    patienceMillis = config.timeouts().connect().toMillis();
    this.changed = changed;
    for (Address url : config.addresses()) {
      InetAddress literal = Addresses.literal(url.host());
      if (literal == null) {
        names.add(new NamedHost(url, resolver, this::looked));
      } else {
        literals.add(new Destination(url, new InetSocketAddress(literal, url.port())));
      }
    }
    begun = names.isEmpty();
    tell();
  }

  /**
   * Runs {@code then} on {@code loop} once there is an address, or it is clear that there is none
   * now; at once where that is known. A name has as long as a connection has to come about.
   */
  void whenKnown(EventLoop loop, Runnable then) {
    if (!begun) {
      begin(loop);
    }
    if (known || !waits(loop, then)) {
      then.run();
    }
  }

  private void begin(EventLoop loop) {
    synchronized (this) {
      if (begun) {
        return;
      }
      begun = true;
    }
    names.forEach(name -> name.begin(loop));
  }

  private synchronized boolean waits(EventLoop loop, Runnable then) {
    if (known || names.stream().allMatch(NamedHost::looked)) {
      return false;
    }
    Waiter waiter = new Waiter(loop, then);
    waiters.add(waiter);
    var _ = loop.schedule(() -> giveUp(waiter), patienceMillis, TimeUnit.MILLISECONDS);
    return true;
  }

  private void giveUp(Waiter waiter) {
    synchronized (this) {
      if (!waiters.remove(waiter)) {
        return;
      }
    }
    waiter.then().run();
  }

  /** A name was looked up, well or badly. */
  private void looked() {
    List<Waiter> ready;
    synchronized (this) {
      tell();
      ready =
          known || names.stream().allMatch(NamedHost::looked) ? List.copyOf(waiters) : List.of();
      waiters.removeAll(ready);
    }
    for (Waiter waiter : ready) {
      if (waiter.loop().inEventLoop()) {
        waiter.then().run();
      } else {
        waiter.loop().execute(waiter.then());
      }
    }
  }

  private synchronized void tell() {
    Set<Destination> all = new LinkedHashSet<>(literals);
    names.forEach(name -> all.addAll(name.destinations()));
    if (!all.equals(told)) {
      told = all;
      changed.accept(all);
    }
    known = !all.isEmpty();
  }

  /** Looks nothing up any more. */
  void close() {
    names.forEach(NamedHost::close);
  }
}

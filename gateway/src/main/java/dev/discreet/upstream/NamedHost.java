package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig.Address;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A name in an upstream's URL, and the addresses that it stands for. The resolver remembers answers
 * for their time to live, so that a look before it has passed asks nobody. On one event loop, but
 * for what is known.
 */
final class NamedHost {
  private static final long PAUSE_MILLIS = 500;

  private final Address url;
  private final AddressResolverGroup<InetSocketAddress> resolver;
  private final Runnable looked;
  private volatile List<Destination> destinations = List.of();
  private volatile boolean known;
  private volatile boolean closed;

  /**
   * Prepares.
   *
   * @param looked run after each look
   */
  NamedHost(Address url, AddressResolverGroup<InetSocketAddress> resolver, Runnable looked) {
    this.url = url;
    this.resolver = resolver;
    this.looked = looked;
  }

  /** {@return what it stands for, as far as is known} */
  List<Destination> destinations() {
    return destinations;
  }

  /** {@return whether the first look has ended, well or badly} */
  boolean looked() {
    return known;
  }

  /** Looks, and again and again from then on. */
  void begin(EventLoop loop) {
    resolver
        .getResolver(loop)
        .resolveAll(InetSocketAddress.createUnresolved(url.host(), url.port()))
        .addListener(
            (Future<List<InetSocketAddress>> answer) -> {
              note(answer);
              if (!closed) {
                var _ = loop.schedule(() -> again(loop), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
              }
            });
  }

  private void again(EventLoop loop) {
    if (!closed) {
      begin(loop);
    }
  }

  private void note(Future<List<InetSocketAddress>> answer) {
    if (answer.isSuccess()) {
      destinations =
          answer.getNow().stream().map(socket -> new Destination(url, socket)).distinct().toList();
    } else if (denied(answer.cause())) {
      destinations = List.of();
    }
    known = true;
    looked.run();
  }

  /** Whoever does not answer says nothing; that there is no such name is an answer. */
  private static boolean denied(Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof DnsErrorCauseException answer) {
        return answer.getCode().equals(DnsResponseCode.NXDOMAIN);
      }
    }
    return false;
  }

  void close() {
    closed = true;
  }
}

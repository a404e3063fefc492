package dev.discreet.http;

import dev.discreet.config.LimitsConfig;
import dev.discreet.telemetry.RequestMetrics;
import dev.discreet.upstream.Tunnel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client connections that are open. */
final class Connections {
  /** What becomes of a connection. */
  enum Admission {
    /** Its requests are decided. */
    SERVED,
    /** Its first request is answered 503. */
    SHED,
    /** It is closed without a word: even to shed it would cost too much. */
    DROPPED
  }

  /** How many are answered 503 at once; a flood of more is only closed. */
  private static final int SHED_OF_ALL = 128;

  private static final int SHED_OF_ADDRESS = 8;

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private final OnceAMinute seldom = new OnceAMinute();
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
  private final RequestMetrics metrics;

  Connections(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /** Counts a connection until it is closed; {@return what becomes of it by the limit of all} */
  Admission opened(Channel channel, LimitsConfig limits) {
    metrics.connectionOpened();
    channels.add(channel);
    int count = open.incrementAndGet();
    channel.closeFuture().addListener(closed -> closed());
    return admission(count, limits.connections(), SHED_OF_ALL, "limits.connections");
  }

  private synchronized void closed() {
    metrics.connectionClosed();
    open.decrementAndGet();
    notifyAll();
  }

  /** Counts it as one of its client's; {@return what becomes of it by the limit of an address} */
  Admission identified(Channel channel, InetAddress address, LimitsConfig limits) {
    int count = byAddress.merge(address, 1, Integer::sum);
    channel
        .closeFuture()
        .addListener(
            closed ->
                byAddress.computeIfPresent(
                    address, (key, before) -> before == 1 ? null : before - 1));
    int limit = limits.connectionsPerAddress();
    return limit == 0
        ? Admission.SERVED
        : admission(count, limit, SHED_OF_ADDRESS, "limits.connectionsPerAddress");
  }

  private Admission admission(int count, int limit, int shed, String key) {
    if (count <= limit) {
      return Admission.SERVED;
    }
    if (seldom.permits()) {
      log.warn("{} ({}) is reached: further connections are shed; told once a minute", key, limit);
    }
    return count - limit <= shed ? Admission.SHED : Admission.DROPPED;
  }

  /** Waits until none is open, or {@code limit} has passed; {@return how many are open still} */
  synchronized int awaitNone(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long left = limit.toNanos();
    while (open.get() > 0 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return open.get();
  }

  /** Tells the clients that can be told that they should use other connections from now on. */
  void announceEnd() {
    for (Channel channel : channels) {
      channel.eventLoop().execute(() -> announceEnd(channel));
    }
  }

  private static void announceEnd(Channel channel) {
    Http2Lifecycle lifecycle = channel.pipeline().get(Http2Lifecycle.class);
    if (lifecycle != null) {
      lifecycle.announceEnd();
    }
  }

  /** Closes those on which no exchange is under way; the others close after their last answer. */
  void closeIdle() {
    for (Channel channel : channels) {
      channel.eventLoop().execute(() -> closeIdle(channel));
    }
  }

  private static void closeIdle(Channel channel) {
    ConnectionFlow flow = channel.pipeline().get(ConnectionFlow.class);
    Http2Lifecycle lifecycle = channel.pipeline().get(Http2Lifecycle.class);
    if (lifecycle != null) {
      lifecycle.end();
    } else if (flow != null ? flow.idle() : channel.pipeline().get(Tunnel.Side.class) == null) {
      channel.close();
    }
  }

  /** Closes all, whatever is under way on them. Blocks until that is done. */
  void closeAll() {
    List<ChannelFuture> cut = new ArrayList<>();
    channels.forEach(channel -> cut.add(Cut.of(channel, "the gateway went down")));
    cut.forEach(ChannelFuture::awaitUninterruptibly);
  }
}

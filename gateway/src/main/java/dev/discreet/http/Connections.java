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

/** The client connections that are open. */
final class Connections {
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
  private final RequestMetrics metrics;

  Connections(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /** Counts a connection, and {@return whether it stays within the limits} */
  boolean opened(Channel channel, InetAddress address, LimitsConfig limits) {
    metrics.connectionOpened();
    channels.add(channel);
    int ofAddress = byAddress.merge(address, 1, Integer::sum);
    return open.incrementAndGet() <= limits.connections()
        && (limits.connectionsPerAddress() == 0 || ofAddress <= limits.connectionsPerAddress());
  }

  void closed(InetAddress address) {
    metrics.connectionClosed();
    synchronized (this) {
      open.decrementAndGet();
      notifyAll();
    }
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
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

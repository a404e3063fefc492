package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections to one address that belong to one event loop; only that loop touches it. */
final class Pool implements ConnectionOwner {
  /** Who waits for a connection. */
  interface Borrower {
    /** It is yours. */
    void got(UpstreamConnection connection);

    /** There is none to be had. */
    void failed(UpstreamFailure failure);

    /** {@return whether it is not wanted any more} */
    boolean gone();
  }

  private final EventLoop loop;
  private final UpstreamConfig config;
  private final Destination destination;
  private final Connector connector;
  private final Quota quota;
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** Who waits, whether for a new connection alone, and until when. */
  private record Waiting(Borrower borrower, boolean fresh, Future<?> deadline) {}

  Pool(
      EventLoop loop,
      UpstreamConfig config,
      Destination destination,
      Connector connector,
      Quota quota) {
    this.loop = loop;
    this.config = config;
    this.destination = destination;
    this.connector = connector;
    this.quota = quota;
  }

  @Override
  public Duration idleLimit() {
    return config.connections().idle();
  }

  /**
   * Lends a connection: the one that was used last, else a new one, else when one comes free.
   *
   * @param fresh whether a used one is no good
   */
  void borrow(Borrower borrower, boolean fresh) {
    UpstreamConnection connection = fresh ? null : takeIdle();
    if (connection != null) {
      borrower.got(connection);
    } else if (quota.takeConnection()) {
      connect(borrower);
    } else if (quota.takePending()) {
      await(borrower, fresh);
    } else {
      borrower.failed(UpstreamFailure.unavailable("too many requests wait for a connection"));
    }
  }

  private void await(Borrower borrower, boolean fresh) {
    waiting.add(
        new Waiting(
            borrower,
            fresh,
            loop.schedule(
                () -> giveUp(borrower),
                config.timeouts().connect().toNanos(),
                TimeUnit.NANOSECONDS)));
    // What rests here is no good for it, but the place that it takes is.
    yieldOne();
    quota.starving(this);
    // Something may have come free since it was refused.
    serveWaiting();
  }

  private void giveUp(Borrower borrower) {
    if (remove(borrower)) {
      borrower.failed(UpstreamFailure.unavailable("no connection came free in time"));
    }
  }

  /** The borrower does not want one any more. */
  void abandon(Borrower borrower) {
    remove(borrower);
  }

  private boolean remove(Borrower borrower) {
    for (Waiting one : waiting) {
      if (one.borrower().equals(borrower)) {
        waiting.remove(one);
        left(one);
        return true;
      }
    }
    return false;
  }

  private void left(Waiting one) {
    one.deadline().cancel(false);
    quota.givePending();
  }

  private @Nullable UpstreamConnection takeIdle() {
    for (UpstreamConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (last.active()) {
        return last;
      }
      last.close();
    }
    return null;
  }

  private void connect(Borrower borrower) {
    connector.connect(
        destination,
        loop,
        this,
        new Connector.Outcome() {
          @Override
          public void connected(UpstreamConnection connection) {
            if (borrower.gone()) {
              connection.release();
            } else {
              borrower.got(connection);
            }
          }

          @Override
          public void failed(UpstreamFailure failure) {
            quota.giveConnection();
            serveWaiting();
            quota.freed(Pool.this);
            borrower.failed(failure);
          }
        });
  }

  @Override
  public void giveBack(UpstreamConnection connection) {
    Waiting next = waiting.peekFirst();
    if (next == null && quota.keepsIdle()) {
      idle.addLast(connection);
    } else if (next == null || next.fresh()) {
      // Its place is worth more than it is: to a new one, or to another loop.
      connection.close();
    } else {
      takeFirst().got(connection);
    }
  }

  @Override
  public void closed(UpstreamConnection connection) {
    idle.remove(connection);
    quota.giveConnection();
    serveWaiting();
    quota.freed(this);
  }

  /** Something may have come free: whoever waits first gets it. */
  void serveWaiting() {
    while (!waiting.isEmpty() && quota.takeConnection()) {
      connect(takeFirst());
    }
  }

  private Borrower takeFirst() {
    Waiting first = waiting.removeFirst();
    left(first);
    return first.borrower();
  }

  /** Another loop has none while some rest here: the one that rested longest goes. */
  void yieldOne() {
    UpstreamConnection eldest = quota.contended() ? idle.pollFirst() : null;
    if (eldest != null) {
      eldest.close();
    }
  }

  void closeIdle() {
    for (UpstreamConnection one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
      one.close();
    }
  }

  EventLoop loop() {
    return loop;
  }
}

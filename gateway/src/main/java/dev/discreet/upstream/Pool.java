package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections to one upstream that belong to one event loop; only that loop touches it. */
final class Pool {
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
  private final Connector connector;
  private final Quota quota;
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
  private final Deque<Borrower> waiting = new ArrayDeque<>();

  Pool(EventLoop loop, UpstreamConfig config, Connector connector, Quota quota) {
    this.loop = loop;
    this.config = config;
    this.connector = connector;
    this.quota = quota;
  }

  Duration idleLimit() {
    return config.connectionIdle();
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
      waiting.add(borrower);
      loop.schedule(() -> giveUp(borrower), config.connect().toNanos(), TimeUnit.NANOSECONDS);
      quota.starving(this);
    } else {
      borrower.failed(UpstreamFailure.UNAVAILABLE);
    }
  }

  private void giveUp(Borrower borrower) {
    if (waiting.remove(borrower)) {
      quota.givePending();
      borrower.failed(UpstreamFailure.UNAVAILABLE);
    }
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
            borrower.failed(failure);
          }
        });
  }

  void giveBack(UpstreamConnection connection) {
    Borrower next = nextWaiting();
    if (next == null) {
      idle.addLast(connection);
    } else {
      next.got(connection);
    }
  }

  void closed(UpstreamConnection connection) {
    idle.remove(connection);
    quota.giveConnection();
    serveWaiting();
    quota.freed(this);
  }

  /** Something may have come free: whoever waits first gets it. */
  void serveWaiting() {
    while (!waiting.isEmpty() && quota.takeConnection()) {
      Borrower next = nextWaiting();
      if (next == null) {
        quota.giveConnection();
        return;
      }
      connect(next);
    }
  }

  private @Nullable Borrower nextWaiting() {
    for (Borrower next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
      quota.givePending();
      if (!next.gone()) {
        return next;
      }
    }
    return null;
  }

  /** Another loop has none while some rest here: the one that rested longest goes. */
  void yieldOne() {
    UpstreamConnection eldest = idle.pollFirst();
    if (eldest != null) {
      eldest.close();
    }
  }

  EventLoop loop() {
    return loop;
  }
}

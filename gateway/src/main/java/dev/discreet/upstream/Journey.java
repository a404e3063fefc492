package dev.discreet.upstream;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange's way to a connection: an address is chosen, and another where that one can't be
 * reached, since nothing was sent then (SPEC §6). On one event loop.
 */
final class Journey implements Pool.Borrower {
  private final Balancer balancer;
  private final EventLoop loop;
  private final Pool.Borrower exchange;
  private final List<Endpoint> tried = new ArrayList<>(2);
  private final long startNanos = System.nanoTime();
  private @Nullable Endpoint at;
  private boolean fresh;

  Journey(Balancer balancer, EventLoop loop, Pool.Borrower exchange) {
    this.balancer = balancer;
    this.loop = loop;
    this.exchange = exchange;
  }

  /** Sets out. The exchange gets a connection, or hears why there is none. */
  void begin() {
    balancer.whenKnown(loop, this::choose);
  }

  /** Sets out once more: to another address where there is one, over a new connection. */
  void again() {
    leave();
    fresh = true;
    begin();
  }

  private void choose() {
    if (exchange.gone()) {
      return;
    }
    Endpoint next = balancer.choose(tried);
    if (next == null) {
      exchange.failed(balancer.nowhere());
    } else {
      enter(next);
    }
  }

  private void enter(Endpoint next) {
    at = next;
    tried.add(next);
    next.enter();
    next.pool(loop).borrow(this, fresh);
  }

  private void leave() {
    if (at != null) {
      at.leave();
      at = null;
    }
  }

  @Override
  public void got(UpstreamConnection connection) {
    exchange.got(connection);
  }

  @Override
  public void failed(UpstreamFailure failure) {
    broke(failure);
    leave();
    boolean unreached = failure.countsAgainstAddress() && balancer.hasTime(startNanos);
    Endpoint other = unreached && !exchange.gone() ? balancer.chooseOther(tried) : null;
    if (other == null) {
      exchange.failed(failure);
    } else {
      enter(other);
    }
  }

  @Override
  public boolean gone() {
    return exchange.gone();
  }

  /** {@return host and port of the address that was chosen, as its URL says them} */
  String authority() {
    return tried.getLast().destination().url().authority();
  }

  /** The address answered. */
  void answered() {
    if (at != null) {
      at.answered();
    }
  }

  /** The address failed. */
  void broke(UpstreamFailure failure) {
    if (at != null && failure.countsAgainstAddress()) {
      balancer.failed(at, failure.reason(), loop);
    }
  }

  /** The exchange is over, or wants no connection any more. */
  void end() {
    if (at != null) {
      at.pool(loop).abandon(this);
      leave();
    }
  }
}

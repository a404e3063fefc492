package dev.discreet.gateway;

import dev.discreet.testing.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Octets that one end sends as fast as they are taken, and another takes slowly. */
final class SlowFlow implements AutoCloseable {
  private static final int STEP = 1 << 20;
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
  private static final int STALL_MILLIS = 1000;

  private final SocketChannel from;
  private final SocketChannel to;
  private final long whole;
  private final ByteBuffer taking = ByteBuffer.allocateDirect(STEP);
  private final ExecutorService sender = Executors.newSingleThreadExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final Future<?> sending;
  private volatile boolean stalled;
  private long taken;

  /** Begins to send {@code whole} octets. */
  SlowFlow(SocketChannel from, SocketChannel to, long whole) {
    this.from = from;
    this.to = to;
    this.whole = whole;
    sending =
        sender.submit(
            () -> {
              send();
              return null;
            });
  }

  private void send() throws IOException {
    ByteBuffer part = ByteBuffer.allocateDirect(64 << 10);
    try (Selector selector = Selector.open()) {
      from.configureBlocking(false).register(selector, SelectionKey.OP_WRITE);
      while (sent.get() < whole) {
        part.clear().limit((int) Math.min(part.capacity(), whole - sent.get()));
        int octets = from.write(part);
        sent.addAndGet(octets);
        if (octets > 0) {
          stalled = false;
        } else {
          selector.selectedKeys().clear();
          stalled = selector.select(STALL_MILLIS) == 0;
        }
      }
    }
    from.configureBlocking(true);
  }

  /** Takes octets, with a short rest after each MiB, until {@code upTo} have been taken in all. */
  void take(long upTo) throws IOException {
    while (taken < upTo) {
      taking.clear().limit((int) Math.min(STEP, upTo - taken));
      while (taking.hasRemaining()) {
        if (to.read(taking) < 0) {
          throw new EOFException("after " + taken + " octets");
        }
      }
      taken += taking.position();
      LockSupport.parkNanos(REST_NANOS);
    }
  }

  /** Takes what is left, likewise. */
  void takeAll() throws Exception {
    take(whole);
    sending.get();
  }

  /** Waits until nothing could be sent for 1 s. */
  void awaitStall() {
    Eventually.holds("the sender stalls", this::isStalled);
  }

  private boolean isStalled() throws Exception {
    if (!stalled && sending.isDone()) {
      sending.get();
      throw new IllegalStateException("all was sent, though nobody takes it");
    }
    return stalled;
  }

  /** {@return how many octets the kernel took from the one end and did not give to the other} */
  long between() {
    return sent.get() - taken;
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}

package dev.discreet.telemetry;

import dev.discreet.config.LogConfig;
import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the request log on a thread of its own. Where the output is slower than the requests, the
 * queue fills, and lines are dropped and counted: a full disk or a paused terminal stops no
 * request.
 */
public final class RequestLogWriter implements AutoCloseable {
  /** Some seconds of a busy gateway. */
  static final int CAPACITY = 8192;

  /**
   * What clients may have chosen of the lines that wait, so that long paths don't fill the heap.
   */
  static final int MOST_CHARACTERS = 4 << 20;

  private static final int BATCH = 256;

  /**
   * How long lines gather once those before are written: to be woken for each costs more than to
   * write it.
   */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private static final Duration FLUSH_TIME = Duration.ofSeconds(2);

  private final BlockingQueue<RequestLine> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicInteger waiting = new AtomicInteger();
  private final PrintStream out;
  private final Counter dropped;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("discreet-request-log").unstarted(this::run);
  private volatile LineFormat format;
  private volatile boolean wanted;
  private volatile boolean closed;

  private RequestLogWriter(LogConfig config, PrintStream out, Counter dropped) {
    this.out = out;
    this.dropped = dropped;
    format = format(config);
    wanted = config.requests();
  }

  static RequestLogWriter start(LogConfig config, PrintStream out, Counter dropped) {
    RequestLogWriter writer = new RequestLogWriter(config, out, dropped);
    writer.thread.start();
    return writer;
  }

  private static LineFormat format(LogConfig config) {
    return config.json() ? new JsonLineFormat() : new TextLineFormat();
  }

  /** Writes, or does not, as {@code config} says from now on. */
  void change(LogConfig config) {
    format = format(config);
    wanted = config.requests();
  }

  /** {@return whether lines are written at all} */
  public boolean wanted() {
    return wanted;
  }

  /** Takes {@code line} to be written soon, or drops and counts it. Never blocks. */
  public void write(RequestLine line) {
    if (!wanted) {
      return;
    }
    if (closed) {
      dropped.increment();
      return;
    }
    int length = line.length();
    if (waiting.addAndGet(length) > MOST_CHARACTERS || !queue.offer(line)) {
      waiting.addAndGet(-length);
      dropped.increment();
    }
  }

  private void run() {
    List<RequestLine> batch = new ArrayList<>(BATCH);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BATCH * 512);
    while (!closed) {
      try {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        writeOut(batch, bytes);
        if (queue.size() < BATCH) {
          Thread.sleep(PAUSE);
        }
      } catch (InterruptedException closing) {
        break;
      }
    }
    while (queue.drainTo(batch, BATCH) > 0) {
      writeOut(batch, bytes);
    }
  }

  private void writeOut(List<RequestLine> batch, ByteArrayOutputStream bytes) {
    for (RequestLine line : batch) {
      waiting.addAndGet(-line.length());
      try {
        format.write(line, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
    }
    batch.clear();
    out.write(bytes.toByteArray(), 0, bytes.size());
    out.flush();
    bytes.reset();
  }

  /** Takes no more lines, and writes those it has, for two seconds at most. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(FLUSH_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

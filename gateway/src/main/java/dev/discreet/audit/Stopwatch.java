package dev.discreet.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times requests on one connection, each prepared before. */
abstract class Stopwatch implements AutoCloseable {
  /** What holds the answer; one that is longer can't be timed. */
  private static final int ANSWER = 1 << 20;

  /** More than it takes to make a request ready, be it in no cache. */
  private static final long GAP_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  protected final Wire wire;
  protected final ByteBuffer answer;
  private final List<byte[]> requests;

  /** One for all: octets that lie in no cache would be sent later than others. */
  private final ByteBuffer sent;

  private long last;

  Stopwatch(Wire wire, List<byte[]> requests) {
    this.wire = wire;
    this.requests = requests;
    last = System.nanoTime() - GAP_NANOS;
    answer = wire.buffer(ANSWER);
    sent = wire.buffer(requests.stream().mapToInt(octets -> octets.length).max().orElseThrow());
  }

  static Stopwatch of(Target target, Protocol protocol, String agent, List<Ask> asks)
      throws IOException {
    Wire wire = Wire.to(target, protocol);
    return switch (protocol) {
      case H1 -> new Http1Stopwatch(wire, target, agent, asks);
      case H2 -> new Http2Stopwatch(wire, target, agent, asks);
    };
  }

  /**
   * {@return how long it took from before a request was sent until its answer was read, in ns}
   *
   * @throws IOException if the connection has ended, or can't be used for this
   */
  final long time(int request) throws IOException {
    sent.clear().put(requests.get(request)).flip();
    answer.clear();
    prepare(sent);
    long start = pause();
    wire.write(sent);
    long end;
    do {
      if (!answer.hasRemaining()) {
        throw new IOException("the answers are too long to be timed");
      }
      if (wire.read(answer) < 0) {
        throw new IOException("the connection ended");
      }
      end = System.nanoTime();
      if (end - start > Settings.PATIENCE.answerNanos()) {
        throw new IOException("the answers take too long to be timed");
      }
    } while (!complete());
    last = end;
    return end - start;
  }

  /**
   * Lets every request follow the answer before it at one distance: whoever has just answered is
   * still busy with it, so that what comes sooner waits longer.
   *
   * @return now, in ns
   */
  private long pause() {
    long now = System.nanoTime();
    while (now - last < GAP_NANOS) {
      Thread.onSpinWait();
      now = System.nanoTime();
    }
    return now;
  }

  /** Makes a request ready to be sent once more. */
  abstract void prepare(ByteBuffer request);

  /** {@return whether what was read is the whole answer} */
  abstract boolean complete() throws IOException;

  /**
   * {@return the status of the answer that was timed last, 0 where it has none}
   *
   * @throws IOException if it can't be read
   */
  abstract int status() throws IOException;

  @Override
  public void close() throws IOException {
    wire.close();
  }
}

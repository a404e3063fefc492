package dev.discreet.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times requests on one connection for as long as it lasts, each prepared before. */
abstract class Stopwatch implements AutoCloseable {
  /** What holds the answer; one that is longer can't be timed. */
  private static final int ANSWER = 1 << 20;

  /** More than it takes to make a request ready, be it in no cache. */
  private static final long GAP_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  protected final ByteBuffer answer;
  private final Target target;
  private final Protocol protocol;
  private final List<byte[]> requests;

  /** One for all: octets that lie in no cache would be sent later than others. */
  private final ByteBuffer sent;

  private Wire wire;
  private int connections = 1;

  /** How many answers this connection has brought. */
  private int answers;

  private long last;

  Stopwatch(Target target, Protocol protocol, List<byte[]> requests) throws IOException {
    this.target = target;
    this.protocol = protocol;
    this.requests = requests;
    wire = Wire.to(target, protocol);
    last = System.nanoTime();
    answer = wire.buffer(ANSWER);
    sent = wire.buffer(requests.stream().mapToInt(octets -> octets.length).max().orElseThrow());
  }

  static Stopwatch of(Target target, Protocol protocol, String agent, List<Ask> asks)
      throws IOException {
    return switch (protocol) {
      case H1 -> new Http1Stopwatch(target, agent, asks);
      case H2 -> new Http2Stopwatch(target, agent, asks);
    };
  }

  /**
   * {@return how long it took from before a request was sent until its answer was read, in ns; a
   * connection that has ended with an answer before is made anew first}
   *
   * @throws IOException if the server can't be reached, or can't be used for this
   */
  final long time(int request) throws IOException {
    if (answers > 0 && spent()) {
      connect();
    }
    try {
      return exchange(request);
    } catch (IOException e) {
      if (answers == 0) {
        throw e;
      }
      // A connection may end after any answer, without a word (RFC 9112 §9.3.1).
      connect();
      return exchange(request);
    }
  }

  private void connect() throws IOException {
    wire.close();
    wire = Wire.to(target, protocol);
    connections++;
    answers = 0;
    greet();
    last = System.nanoTime();
  }

  private long exchange(int request) throws IOException {
    sent.clear().put(requests.get(request)).flip();
    answer.clear();
    prepare(sent);
    long start = pause();
    wire.write(sent);
    long end;
    boolean whole;
    do {
      boolean ended = wire.read(answer) < 0;
      end = System.nanoTime();
      whole = ended ? endsWithConnection() : complete();
      if (!whole) {
        check(ended, end - start);
      }
    } while (!whole);
    last = end;
    answers++;
    return end - start;
  }

  private void check(boolean ended, long nanos) throws IOException {
    if (ended) {
      throw new IOException("the connection ended");
    }
    if (!answer.hasRemaining()) {
      throw new IOException("the answers are too long to be timed");
    }
    if (nanos > Settings.PATIENCE.answerNanos()) {
      throw new IOException("the answers take too long to be timed");
    }
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

  /** Sends what comes before all requests. */
  abstract void greet() throws IOException;

  /** Makes a request ready to be sent once more. */
  abstract void prepare(ByteBuffer request);

  /** {@return whether what was read is the whole answer} */
  abstract boolean complete() throws IOException;

  /** {@return whether the end of the connection is that of an answer which is whole} */
  abstract boolean endsWithConnection();

  /** {@return whether the connection takes no more requests, as the answer says} */
  abstract boolean spent();

  /**
   * {@return the status of the answer that was timed last, 0 where it has none}
   *
   * @throws IOException if it can't be read
   */
  abstract int status() throws IOException;

  final void send(byte[] octets) throws IOException {
    wire.write(wire.buffer(octets.length).put(octets).flip());
  }

  /** {@return how many connections were made} */
  final int connections() {
    return connections;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}

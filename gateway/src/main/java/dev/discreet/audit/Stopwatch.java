package dev.discreet.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Times requests on one connection, each prepared before. */
abstract class Stopwatch implements AutoCloseable {
  /** What holds the answer; one that is longer can't be timed. */
  private static final int ANSWER = 1 << 20;

  protected final Wire wire;
  protected final ByteBuffer answer;
  private final List<ByteBuffer> requests = new ArrayList<>();

  Stopwatch(Wire wire, List<byte[]> prepared) {
    this.wire = wire;
    answer = wire.buffer(ANSWER);
    for (byte[] octets : prepared) {
      requests.add(wire.buffer(octets.length).put(octets).flip());
    }
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
    ByteBuffer octets = requests.get(request);
    octets.rewind();
    answer.clear();
    prepare(octets);
    long start = System.nanoTime();
    wire.write(octets);
    long end;
    do {
      if (!answer.hasRemaining()) {
        throw new IOException("the answers are too long to be timed");
      }
      if (wire.read(answer) < 0) {
        throw new IOException("the connection ended");
      }
      end = System.nanoTime();
    } while (!complete());
    return end - start;
  }

  /** Makes a request ready to be sent once more. */
  abstract void prepare(ByteBuffer request);

  /** {@return whether what was read is the whole answer} */
  abstract boolean complete() throws IOException;

  @Override
  public void close() throws IOException {
    wire.close();
  }
}

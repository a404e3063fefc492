package dev.discreet.audit;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connection for measuring: what is sent and read costs as little, and as evenly, as can be. */
interface Wire extends AutoCloseable {
  /** Sends what remains in a buffer of {@link #buffer}. */
  void write(ByteBuffer octets) throws IOException;

  /** {@return how many octets were read into a buffer of {@link #buffer}, -1 at the end} */
  int read(ByteBuffer into) throws IOException;

  /** {@return a buffer of the kind that this wire takes} */
  ByteBuffer buffer(int size);

  @Override
  void close() throws IOException;

  static Wire to(Target target, Protocol protocol) throws IOException {
    return target.secure() ? new Secured(target.connect(protocol)) : new Plain(target);
  }

  /**
   * A connection in cleartext that is looked at again and again until something has come: to be
   * woken would take longer, and differ more, than what is measured. After a while others get their
   * turn, for the answer may be waiting for the same processor.
   */
  final class Plain implements Wire {
    private static final long ALONE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final SocketChannel channel;

    Plain(Target target) throws IOException {
      channel = SocketChannel.open();
      channel.socket().setTcpNoDelay(true);
      channel.socket().connect(target.address(), Settings.PATIENCE.answer());
      channel.configureBlocking(false);
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a hint, on which nothing rests
    public int read(ByteBuffer into) throws IOException {
      long start = System.nanoTime();
      int read = channel.read(into);
      while (read == 0) {
        long waited = System.nanoTime() - start;
        if (waited > Settings.PATIENCE.answerNanos()) {
          throw new SocketTimeoutException("no answer came");
        }
        if (waited > ALONE_NANOS) {
          Thread.yield();
        } else {
          Thread.onSpinWait();
        }
        read = channel.read(into);
      }
      return read;
    }

    @Override
    public ByteBuffer buffer(int size) {
      return ByteBuffer.allocateDirect(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A connection by TLS. */
  final class Secured implements Wire {
    private final Socket socket;

    Secured(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(Settings.PATIENCE.answer());
    }

    @Override
    public void write(ByteBuffer octets) throws IOException {
      int from = octets.arrayOffset() + octets.position();
      socket.getOutputStream().write(octets.array(), from, octets.remaining());
      octets.position(octets.limit());
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int from = into.arrayOffset() + into.position();
      int read = socket.getInputStream().read(into.array(), from, into.remaining());
      into.position(into.position() + Math.max(0, read));
      return read;
    }

    @Override
    public ByteBuffer buffer(int size) {
      return ByteBuffer.allocate(size);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

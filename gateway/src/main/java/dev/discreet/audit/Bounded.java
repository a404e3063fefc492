package dev.discreet.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** What a connection brings, up to so many octets and up to a time: what has no end is left. */
final class Bounded extends FilterInputStream {
  /** More than any answer that is compared; what comes drop by drop is met by the time. */
  private static final int MOST = 64 << 20;

  private final Socket socket;
  private final long deadline;
  private int wait;
  private int left = MOST;

  /**
   * Bounds a connection.
   *
   * @param millis from now on, for all that is read
   */
  Bounded(Socket socket, int millis) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    wait = millis;
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Says how long a single read may take, in ms. */
  void waitFor(int millis) {
    wait = millis;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (rest <= 0 || left <= 0) {
      throw new SocketTimeoutException("the answer has no end");
    }
    socket.setSoTimeout((int) Math.min(wait, rest));
    int read = super.read(into, from, most);
    left -= Math.max(0, read);
    return read;
  }
}

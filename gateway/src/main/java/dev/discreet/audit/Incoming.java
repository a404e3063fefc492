package dev.discreet.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What comes over a connection, and whether anything does. */
final class Incoming {
  /** An answer, and another that shows that the connection lives. */
  private static final int EXCHANGE = 2;

  private final Bounded bounded;
  private final PushbackInputStream in;
  private final int patience;

  /**
   * Of a connection.
   *
   * @param patience how long a read may take, in ms; all that comes may take twice as long
   */
  Incoming(Socket socket, int patience) throws IOException {
    this.patience = patience;
    bounded = new Bounded(socket, EXCHANGE * patience);
    bounded.waitFor(patience);
    in = new PushbackInputStream(new BufferedInputStream(bounded));
  }

  InputStream stream() {
    return in;
  }

  /** {@return whether an octet or the end comes within {@code millis}} */
  boolean comes(int millis) throws IOException {
    bounded.waitFor(Math.max(1, millis));
    try {
      int octet = in.read();
      if (octet >= 0) {
        in.unread(octet);
      }
      return true;
    } catch (SocketTimeoutException nothing) {
      return false;
    } finally {
      bounded.waitFor(patience);
    }
  }

  /** Waits for the end; {@return how it came, and how many octets before it} */
  String end(int millis) throws IOException {
    int stray = 0;
    String how = "left open";
    try {
      while (comes(millis)) {
        if (in.read() < 0) {
          how = "closed";
          break;
        }
        stray++;
      }
    } catch (IOException reset) {
      how = "reset";
    }
    return stray == 0 ? how : how + " after " + stray + " octets of no answer";
  }
}

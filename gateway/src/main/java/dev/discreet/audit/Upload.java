package dev.discreet.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Sends a body beside the reading of its answer, which may come first. */
final class Upload {
  private static final int PIECE = 8 << 10;

  private final OutputStream out;
  private final byte[] octets;
  private final Thread thread;
  private volatile boolean whole;

  Upload(OutputStream out, byte[] octets) {
    this.out = out;
    this.octets = octets;
    thread = Thread.ofVirtual().unstarted(this::send);
  }

  void start() {
    thread.start();
  }

  private void send() {
    try {
      for (int sent = 0; sent < octets.length; sent += PIECE) {
        out.write(octets, sent, Math.min(PIECE, octets.length - sent));
      }
      whole = true;
    } catch (IOException refused) {
      // The peer will not have it; whole stays false.
    }
  }

  /** {@return whether all was sent, once it was or {@code millis} are over} */
  boolean whole(int millis) {
    try {
      thread.join(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return whole;
  }
}

package dev.discreet.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.function.LongSupplier;

/**
 * How many frames that carry no message a peer may send (RFC 9113 §10.5). Each costs us work and
 * the peer nothing; what carries messages earns him more of them, since a long download is
 * acknowledged often.
 */
final class FrameBudget {
  private static final long WINDOW_NANOS = 30_000_000_000L;
  private static final int RESETS = 200;
  private static final int CONTROLS = 2_000;
  private static final int CONTROLS_PER_MESSAGE_FRAME = 10;
  private static final int EMPTY_DATA_IN_A_ROW = 16;

  private final LongSupplier nanoTime;
  private long windowStart;
  private int resets;
  private int emptyInARow;
  private long controls;
  private long earned;

  FrameBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    windowStart = nanoTime.getAsLong();
  }

  /** A frame of a message, either way. */
  void message() {
    earned += CONTROLS_PER_MESSAGE_FRAME;
  }

  /** DATA; empty ones that end nothing are of no use. */
  void data(boolean useless) throws Http2Exception {
    if (!useless) {
      emptyInARow = 0;
      message();
    } else if (++emptyInARow > EMPTY_DATA_IN_A_ROW) {
      throw calm("empty DATA");
    }
  }

  /** RST_STREAM (CVE-2023-44487). */
  void reset() throws Http2Exception {
    turnWindow();
    if (++resets > RESETS) {
      throw calm("RST_STREAM");
    }
  }

  /** PING, SETTINGS, PRIORITY, WINDOW_UPDATE, and frames of a type that is unknown. */
  void control() throws Http2Exception {
    turnWindow();
    if (++controls > CONTROLS + earned) {
      throw calm("frames that carry no message");
    }
  }

  private void turnWindow() {
    long now = nanoTime.getAsLong();
    if (now - windowStart > WINDOW_NANOS) {
      windowStart = now;
      resets = 0;
      controls = 0;
      earned = 0;
    }
  }

  private static Http2Exception calm(String what) {
    return Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many: %s", what);
  }
}

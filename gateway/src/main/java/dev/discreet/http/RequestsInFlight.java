package dev.discreet.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests are between their head and the end of their answer, and how many may be: as
 * many as memory has room for.
 */
final class RequestsInFlight {
  /**
   * Of heap. One that waits was measured at 10 KiB (docs/operations.md); the rest is for heads that
   * are larger, and for all that is no request.
   */
  private static final int OCTETS_EACH = 64 << 10;

  private static final Logger log = LoggerFactory.getLogger(RequestsInFlight.class);

  private final OnceAMinute seldom = new OnceAMinute();
  private final AtomicInteger count = new AtomicInteger();
  private final int most;

  RequestsInFlight() {
    most = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / OCTETS_EACH);
  }

  void began() {
    count.incrementAndGet();
  }

  void ended() {
    count.decrementAndGet();
  }

  /** {@return whether the latest that began is one too many} */
  boolean tooMany() {
    if (count.get() <= most) {
      return false;
    }
    if (seldom.permits()) {
      log.warn(
          "{} requests are in flight, for which this much memory is too little: more are answered"
              + " 503; told once a minute",
          most);
    }
    return true;
  }
}

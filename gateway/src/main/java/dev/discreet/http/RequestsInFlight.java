package dev.discreet.http;

import dev.discreet.upstream.OutOfMemory;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many requests are between their head and the end of their answer, and how many may be: as
 * many as memory has room for, heap and direct.
 */
final class RequestsInFlight {
  /**
   * Of heap. One that waits was measured at 10 KiB (docs/operations.md); the rest is for heads that
   * are larger, and for all that is no request.
   */
  private static final int HEAP_OCTETS_EACH = 64 << 10;

  /**
   * Of direct memory. One whose client does not read its answer holds what may wait to be sent, and
   * one read of the upstream; 73 KiB were measured.
   */
  private static final int DIRECT_OCTETS_EACH = 128 << 10;

  private static final Logger log = LoggerFactory.getLogger(RequestsInFlight.class);

  private final OnceAMinute seldom = new OnceAMinute();
  private final OnceAMinute seldomOut = new OnceAMinute();
  private final AtomicInteger count = new AtomicInteger();
  private final long byHeap = Runtime.getRuntime().maxMemory() / HEAP_OCTETS_EACH;
  private final long byDirect = PlatformDependent.maxDirectMemory() / DIRECT_OCTETS_EACH;
  private final long most = Math.min(byHeap, byDirect);

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
          "{} requests are in flight, for which there is too little {}: more are answered 503; told"
              + " once a minute",
          most,
          byHeap <= byDirect ? "heap (-Xmx)" : "direct memory (-XX:MaxDirectMemorySize)");
    }
    return true;
  }

  /** Something could not be had, though not too many are in flight. */
  void outOfMemory() {
    if (seldomOut.permits()) {
      log.warn(
          "{}: {} of {} octets of direct memory are taken, with {} requests in flight; connections"
              + " that need more are closed; told once a minute",
          OutOfMemory.WORDS,
          PlatformDependent.usedDirectMemory(),
          PlatformDependent.maxDirectMemory(),
          count.get());
    }
  }
}

package dev.discreet.upstream;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when addresses of an upstream are left out and taken back, in bounded lines a minute. */
final class EndpointLog {
  private static final Logger log = LoggerFactory.getLogger(EndpointLog.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_A_MINUTE = 20;

  private final String upstream;
  private long minuteNanos = System.nanoTime();
  private int lines;
  private int leftOut;

  EndpointLog(String upstream) {
    this.upstream = upstream;
  }

  void ejected(Endpoint endpoint, int failures, Duration out, String reason) {
    if (isTold()) {
      log.warn(
          "upstream {}: {} failed {} times in a row ({}): left out for {} s",
          upstream,
          endpoint.destination(),
          failures,
          reason,
          out.toMillis() / 1000.0);
    }
  }

  void returned(Endpoint endpoint) {
    if (isTold()) {
      log.info("upstream {}: {} is tried again", upstream, endpoint.destination());
    }
  }

  void checked(Endpoint endpoint, boolean down, String reason) {
    if (!isTold()) {
      return;
    }
    if (down) {
      log.warn("upstream {}: {} fails its checks: {}", upstream, endpoint.destination(), reason);
    } else {
      log.info("upstream {}: {} passes its checks", upstream, endpoint.destination());
    }
  }

  private synchronized boolean isTold() {
    long now = System.nanoTime();
    if (now - minuteNanos >= MINUTE_NANOS) {
      if (leftOut > 0) {
        log.warn("upstream {}: {} more changes of its addresses", upstream, leftOut);
      }
      minuteNanos = now;
      lines = 0;
      leftOut = 0;
    }
    if (lines == MOST_A_MINUTE) {
      leftOut++;
      return false;
    }
    lines++;
    return true;
  }
}

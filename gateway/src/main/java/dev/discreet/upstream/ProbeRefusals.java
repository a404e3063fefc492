package dev.discreet.upstream;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a minute that an upstream refuses probes. */
final class ProbeRefusals {
  private static final Logger log = LoggerFactory.getLogger(ProbeRefusals.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final String upstream;
  private boolean told;
  private long lastNanos;

  ProbeRefusals(String upstream) {
    this.upstream = upstream;
  }

  synchronized void tell() {
    long now = System.nanoTime();
    if (told && now - lastNanos < MINUTE_NANOS) {
      return;
    }
    told = true;
    lastNanos = now;
    log.warn(
        "upstream {} answers probes with 401 or 403: give them a credential that may see"
            + " what is there (upstreams.{}.probe.credential, or headers)",
        upstream,
        upstream);
  }
}

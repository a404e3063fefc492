package dev.discreet.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a minute that an upstream refuses probes. */
final class ProbeRefusals {
  private static final Logger log = LoggerFactory.getLogger(ProbeRefusals.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private final Map<String, Long> last = new ConcurrentHashMap<>();

  void tell(String upstream) {
    long now = System.nanoTime();
    last.compute(
        upstream,
        (name, told) -> {
          if (told != null && now - told < MINUTE_NANOS) {
            return told;
          }
          log.warn(
              "upstream {} answers probes with 401 or 403: give them a credential that may see"
                  + " what is there (upstreams.{}.probe.headers)",
              name,
              name);
          return now;
        });
  }
}

package dev.discreet.identity;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DPoP proofs that were accepted and could be sent again (RFC 9449 §11.1). Where there are more
 * than it has room for, the oldest are forgotten: they have the least of their time left.
 */
final class SeenProofs {
  /** About 100 octets each. */
  static final int MOST = 1 << 18;

  private static final Logger log = LoggerFactory.getLogger(SeenProofs.class);
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private record Seen(long high, long low) {}

  private final int most;
  private final RateLimit warnings;
  private final Map<Seen, Instant> seen = new LinkedHashMap<>();

  SeenProofs() {
    this(MOST, System::nanoTime);
  }

  SeenProofs(int most, Ticker ticker) {
    this.most = most;
    warnings = new RateLimit(REPEAT, ticker);
  }

  /**
   * {@return whether no such proof was seen before} From any event loop; what is done under the
   * lock takes less than a microsecond.
   *
   * @param thumbprint of the key that signed it
   * @param id its {@code jti}
   * @param staleAt when its {@code iat} alone will have it refused
   */
  boolean isNew(String thumbprint, String id, Instant staleAt, Instant now) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(thumbprint + '.' + id));
    Seen key = new Seen(hash.getLong(), hash.getLong());
    synchronized (seen) {
      forgetStale(now);
      Instant before = seen.putIfAbsent(key, staleAt);
      if (before != null) {
        return false;
      }
      if (seen.size() > most) {
        forgetOldest();
      }
      return true;
    }
  }

  /** In the order of arrival, which is nearly that of age. */
  private void forgetStale(Instant now) {
    Iterator<Instant> oldest = seen.values().iterator();
    while (oldest.hasNext() && !now.isBefore(oldest.next())) {
      oldest.remove();
    }
  }

  private void forgetOldest() {
    Iterator<Instant> oldest = seen.values().iterator();
    oldest.next();
    oldest.remove();
    if (warnings.permits()) {
      log.warn(
          "more than {} DPoP proofs within their time: the oldest are forgotten, and whoever could"
              + " read one of those could send it again",
          most);
    }
  }
}

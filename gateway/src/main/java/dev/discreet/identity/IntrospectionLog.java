package dev.discreet.identity;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the person on call when an issuer of opaque tokens stops to answer, and when it is back.
 */
final class IntrospectionLog {
  private static final Logger log = LoggerFactory.getLogger(IntrospectionLog.class);
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private final String issuer;
  private final RateLimit repeats;
  private boolean failing;

  IntrospectionLog(String issuer, Ticker ticker) {
    this.issuer = issuer;
    this.repeats = new RateLimit(REPEAT, ticker);
  }

  void failed(String why) {
    boolean changed = !failing;
    failing = true;
    if (repeats.permits() || changed) {
      log.warn(
          "issuer {} does not say whether tokens are valid, they are answered 503: {}",
          issuer,
          why);
    }
  }

  void answered() {
    if (failing) {
      failing = false;
      log.info("issuer {} says again whether tokens are valid", issuer);
    }
  }
}

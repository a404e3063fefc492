package dev.discreet.identity;

import dev.discreet.client.ConnectionFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the person on call what must be known of one issuer's keys. */
final class KeyLog {
  private static final Logger log = LoggerFactory.getLogger(KeyLog.class);

  private enum State {
    UNKNOWN,
    WELL,
    USELESS,
    STALE,
    MISSING
  }

  private final String issuer;
  private final StateNews<State> news;

  KeyLog(String issuer, Ticker ticker) {
    this.issuer = issuer;
    this.news = new StateNews<>(State.UNKNOWN, ticker);
  }

  /** A key set arrived. */
  void arrived(int usable) {
    if (usable > 0) {
      news.well(
          State.WELL,
          since ->
              log.info(
                  "issuer {}: keys are there, {} of them can verify tokens{}",
                  issuer,
                  usable,
                  since));
    } else {
      news.unwell(
          State.USELESS,
          since ->
              log.warn(
                  "issuer {}: no key of its set can verify tokens, all its tokens are 401{}",
                  issuer,
                  since));
    }
  }

  /** No key set arrived; {@code kept} says whether an older one is still used. */
  void failed(boolean kept, Throwable cause) {
    String why = ConnectionFailure.words(cause);
    if (kept) {
      news.unwell(
          State.STALE,
          since ->
              log.warn(
                  "issuer {}: keys could not be refreshed, the old ones are kept: {}{}",
                  issuer,
                  why,
                  since));
    } else {
      news.unwell(
          State.MISSING,
          since ->
              log.warn(
                  "issuer {} has no keys, its tokens are answered 503: {}{}", issuer, why, since));
    }
  }
}

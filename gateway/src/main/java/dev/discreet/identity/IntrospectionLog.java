package dev.discreet.identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the person on call when an issuer of opaque tokens stops to answer, and when it is back.
 */
final class IntrospectionLog {
  private static final Logger log = LoggerFactory.getLogger(IntrospectionLog.class);

  private enum State {
    ANSWERING,
    FAILING
  }

  private final String issuer;
  private final StateNews<State> news;

  IntrospectionLog(String issuer, Ticker ticker) {
    this.issuer = issuer;
    this.news = new StateNews<>(State.ANSWERING, ticker);
  }

  void failed(String why) {
    news.unwell(
        State.FAILING,
        since ->
            log.warn(
                "issuer {} does not say whether tokens are valid, they are answered 503: {}{}",
                issuer,
                why,
                since));
  }

  void answered() {
    news.well(
        State.ANSWERING,
        since -> log.info("issuer {} says again whether tokens are valid{}", issuer, since));
  }
}

package dev.discreet.identity;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the person on call must know of one issuer's keys: at once when it changes, and once a
 * minute while it lasts.
 */
final class KeyLog {
  private static final Logger log = LoggerFactory.getLogger(KeyLog.class);
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private enum State {
    UNKNOWN,
    WELL,
    STALE,
    MISSING
  }

  private final String issuer;
  private final Ticker ticker;
  private State state = State.UNKNOWN;
  private RateLimit repeats;

  KeyLog(String issuer, Ticker ticker) {
    this.issuer = issuer;
    this.ticker = ticker;
    this.repeats = new RateLimit(REPEAT, ticker);
  }

  /** A key set arrived. */
  void arrived(int usable) {
    if (enter(State.WELL) && usable > 0) {
      log.info("issuer {}: keys are there, {} of them can verify tokens", issuer, usable);
    } else if (usable == 0 && repeats.permits()) {
      log.warn("issuer {}: no key of its set can verify tokens, all its tokens are 401", issuer);
    }
  }

  /** No key set arrived; {@code kept} says whether an older one is still used. */
  void failed(boolean kept, Throwable cause) {
    boolean changed = enter(kept ? State.STALE : State.MISSING);
    if (!repeats.permits() && !changed) {
      return;
    }
    String why = reason(cause);
    if (kept) {
      log.warn("issuer {}: keys could not be refreshed, the old ones are kept: {}", issuer, why);
    } else {
      log.warn("issuer {} has no keys, its tokens are answered 503: {}", issuer, why);
    }
  }

  private boolean enter(State next) {
    boolean changed = state != next;
    if (changed) {
      state = next;
      repeats = new RateLimit(REPEAT, ticker);
    }
    return changed;
  }

  static String reason(Throwable cause) {
    Throwable root =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    String said = String.valueOf(root.getMessage());
    return switch (root) {
      // The native transport says first which system call failed.
      case ConnectException _ ->
          "can't connect: " + said.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "");
      case UnknownHostException _ -> "no such host: " + said;
      case IOException own when own.getClass() == IOException.class -> said;
      default -> root.toString();
    };
  }
}

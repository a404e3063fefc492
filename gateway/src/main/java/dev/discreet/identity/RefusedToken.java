package dev.discreet.identity;

/**
 * Carries the reason out of the reading of a token; has no stack trace, as it is no error of ours.
 */
final class RefusedToken extends Exception {
  private final Reason reason;

  RefusedToken(Reason reason) {
    super(reason.description(), null, false, false);
    this.reason = reason;
  }

  RefusedToken(Reason reason, Throwable cause) {
    super(reason.description(), cause, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}

package dev.discreet.identity;

import org.jspecify.annotations.Nullable;

/**
 * Carries the reason out of the reading of a token; has no stack trace, as it is no error of ours.
 */
final class RefusedToken extends Exception {
  private final Reason reason;
  private final String detail;

  RefusedToken(Reason reason) {
    this(reason, "", null);
  }

  RefusedToken(Reason reason, Throwable cause) {
    this(reason, "", cause);
  }

  private RefusedToken(Reason reason, String detail, @Nullable Throwable cause) {
    super(reason.description(), cause, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  /**
   * {@return the refusal of a token whose presenter has not proven that it is his}
   *
   * @param detail what is amiss, for the operator; nothing that a stranger wrote
   */
  static RefusedToken unproven(String detail) {
    return new RefusedToken(Reason.WRONG_SIGNATURE, detail, null);
  }

  Reason reason() {
    return reason;
  }

  /** {@return what is to be said to the operator beside the reason, or the empty text} */
  String detail() {
    return detail;
  }
}

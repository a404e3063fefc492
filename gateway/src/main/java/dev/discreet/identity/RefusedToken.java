package dev.discreet.identity;

import org.jspecify.annotations.Nullable;

/**
 * Carries the reason out of the reading of a token; has no stack trace, as it is no error of ours.
 */
final class RefusedToken extends Exception {
  private final Reason reason;
  private final String detail;
  private final @Nullable String expiredSubject;

  RefusedToken(Reason reason) {
    this(reason, "", null, null);
  }

  RefusedToken(Reason reason, Throwable cause) {
    this(reason, "", null, cause);
  }

  private RefusedToken(
      Reason reason, String detail, @Nullable String expiredSubject, @Nullable Throwable cause) {
    super(reason.description(), cause, false, false);
    this.reason = reason;
    this.detail = detail;
    this.expiredSubject = expiredSubject;
  }

  /**
   * {@return the refusal of a token whose presenter has not proven that it is his}
   *
   * @param detail what is amiss, for the operator; nothing that a stranger wrote
   */
  static RefusedToken unproven(String detail) {
    return new RefusedToken(Reason.WRONG_SIGNATURE, detail, null, null);
  }

  /**
   * {@return the refusal of a token that has expired}
   *
   * @param subject whose it is, if nothing else is amiss with it, else null
   */
  static RefusedToken expired(@Nullable String subject) {
    return new RefusedToken(Reason.EXPIRED, "", subject, null);
  }

  Reason reason() {
    return reason;
  }

  /** {@return what is to be said to the operator beside the reason, or the empty text} */
  String detail() {
    return detail;
  }

  /** {@return whose token it is, if it has merely expired, else null} */
  @Nullable String expiredSubject() {
    return expiredSubject;
  }
}

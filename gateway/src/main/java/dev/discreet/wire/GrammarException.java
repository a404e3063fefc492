package dev.discreet.wire;

/** Octets that break the grammar or a limit. Has no stack trace: a peer can cause many of them. */
public final class GrammarException extends Exception {
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final String reason;

  /**
   * Says what is wrong.
   *
   * @param status that a client is answered
   * @param reason for the log, without a trace of what was received
   */
  public GrammarException(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  /** Says what is wrong, for 400. */
  public GrammarException(String reason) {
    this(BAD_REQUEST, reason);
  }

  /** {@return the status that a client is answered} */
  public int status() {
    return status;
  }

  /** {@return what the operator is told} */
  public String reason() {
    return reason;
  }
}

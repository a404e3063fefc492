package dev.discreet.wire;

/** Octets that break the grammar or a limit. Has no stack trace: a peer can cause many of them. */
final class GrammarException extends Exception {
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final String reason;

  GrammarException(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  GrammarException(String reason) {
    this(BAD_REQUEST, reason);
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }
}

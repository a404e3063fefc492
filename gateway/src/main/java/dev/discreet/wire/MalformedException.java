package dev.discreet.wire;

/**
 * Carries a {@link Malformed} out of the grammar; has no stack trace, as it is no error of ours.
 */
final class MalformedException extends Exception {
  private final int status;

  MalformedException(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  MalformedException(String reason) {
    this(400, reason);
  }

  Malformed message() {
    String reason = getMessage();
    return new Malformed(status, reason == null ? "malformed" : reason);
  }
}

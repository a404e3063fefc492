package dev.discreet.upstream;

/** Why there is no answer to relay (SPEC §3). */
public enum UpstreamFailure {
  /** Refused, reset, or malformed. */
  BAD_GATEWAY(502, "refused, reset or malformed"),
  /** Too slow. */
  TIMEOUT(504, "timed out"),
  /** Its name does not resolve, or too many wait for it. */
  UNAVAILABLE(503, "not resolved, or too many requests wait for it");

  private final int status;
  private final String reason;

  UpstreamFailure(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /** {@return the status that says so} */
  public int status() {
    return status;
  }

  /** {@return the same in words, for the log} */
  public String reason() {
    return reason;
  }
}

package dev.discreet.upstream;

/**
 * Why there is no answer to relay, or no end of it (SPEC §3).
 *
 * @param kind what the client is told
 * @param reason what the operator is told
 */
public record UpstreamFailure(Kind kind, String reason) {
  /** What the client is told of it. */
  public enum Kind {
    /** Refused, reset, or malformed. */
    BAD_GATEWAY(502),
    /** Too slow. */
    TIMEOUT(504),
    /** Its name does not resolve, or too many wait for it. */
    UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  static UpstreamFailure badGateway(String reason) {
    return new UpstreamFailure(Kind.BAD_GATEWAY, reason);
  }

  static UpstreamFailure timeout(String reason) {
    return new UpstreamFailure(Kind.TIMEOUT, reason);
  }

  static UpstreamFailure unavailable(String reason) {
    return new UpstreamFailure(Kind.UNAVAILABLE, reason);
  }

  /** {@return the status that says so} */
  public int status() {
    return kind.status;
  }
}

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
    UNAVAILABLE(503),
    /** The gateway itself has no memory for it, which says nothing of the upstream. */
    NO_MEMORY(503);

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

  static UpstreamFailure noMemory() {
    return new UpstreamFailure(Kind.NO_MEMORY, OutOfMemory.WORDS);
  }

  /** {@return whether an address that fails so too often is left out for a while} */
  boolean countsAgainstAddress() {
    return kind == Kind.BAD_GATEWAY || kind == Kind.TIMEOUT;
  }

  /** {@return whether it is the gateway's own, and none of the upstream's} */
  public boolean ours() {
    return kind == Kind.NO_MEMORY;
  }

  /** {@return the status that says so} */
  public int status() {
    return kind.status;
  }
}

package dev.discreet.config;

import dev.discreet.policy.Existence;
import dev.discreet.policy.Requirement;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of one caller, and what is expected of it.
 *
 * @param file the file it stands in
 * @param line where, from 1
 * @param name what it is called, or empty
 * @param caller who calls: {@code anonymous}, or a name of the file's callers
 * @param method the method
 * @param target path and query as a client writes them
 * @param host the host that is asked for, or empty
 * @param source the client's address, or null for loopback
 * @param now when it is, or null for the time of the test
 * @param exists what the upstream is taken to say; null where it must not matter
 * @param expected what is expected
 */
public record PolicyTest(
    String file,
    int line,
    String name,
    String caller,
    String method,
    String target,
    String host,
    @Nullable InetAddress source,
    @Nullable Instant now,
    @Nullable Existence exists,
    Expected expected) {
  /** The caller that needs no definition. */
  public static final String ANONYMOUS = "anonymous";

  /**
   * What is expected; what is null may be anything, and one at least is not.
   *
   * @param answer {@code forward}, or a status
   * @param row the row of SPEC §2
   * @param missing what a 403 says is missing
   * @param allow what a 405 allows, in order
   * @param body the body of an answer that the gateway makes itself
   */
  public record Expected(
      @Nullable String answer,
      @Nullable String row,
      @Nullable Requirement missing,
      @Nullable List<String> allow,
      @Nullable String body) {}

  /** Who a caller is. */
  public sealed interface Identity {
    /**
     * The bearer of a token that is taken to be valid.
     *
     * @param claims its claims, as a token's are read
     * @param issuer the name of its issuer, or null if the claims or the configuration tell it
     */
    record Claimed(Map<String, Object> claims, @Nullable String issuer) implements Identity {}

    /** The bearer of a token, which is verified. */
    record Bearing(String token) implements Identity {}
  }
}

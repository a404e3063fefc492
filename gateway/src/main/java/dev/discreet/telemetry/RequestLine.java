package dev.discreet.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that ended, as the log tells it (SPEC §8). Text may hold anything that a client sent;
 * whoever formats it escapes it.
 *
 * @param time when the request's head began
 * @param requestId the {@code x-request-id} that the client was told
 * @param source the client's address
 * @param host as it was asked for
 * @param method as received
 * @param path as received, without the query
 * @param route the template of the route
 * @param status of the answer; 499 where the client left first, 0 where the gateway ended the
 *     connection with nothing sent
 * @param decision what was decided
 * @param observed what would have been answered if the route did not observe, or null
 * @param row the row of SPEC §2, or {@code 0}; where the route observes, of what would have been;
 *     null where none was reached
 * @param reason why, where there is more to say than the row
 * @param grant the grant that gave the permission
 * @param issuer the configuration's name of it
 * @param subject the caller's
 * @param upstream the configuration's name of it
 * @param durationNanos from the head's first octet to the answer's last
 * @param upstreamNanos what the upstream took of it, or -1 where none was asked
 * @param bytes of the answer's body that were sent
 */
public record RequestLine(
    Instant time,
    String requestId,
    String source,
    @Nullable String host,
    String method,
    @Nullable String path,
    @Nullable String route,
    int status,
    DecisionLabel decision,
    @Nullable Observed observed,
    @Nullable String row,
    @Nullable String reason,
    @Nullable String grant,
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable String upstream,
    long durationNanos,
    long upstreamNanos,
    long bytes) {
  /** What an observing route let pass. */
  public record Observed(int status, DecisionLabel decision) {}

  /** {@return how many characters a client chose of it} */
  int length() {
    return method.length() + length(host) + length(path) + length(subject);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}

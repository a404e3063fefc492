package dev.discreet.ask;

import dev.discreet.http.DryRun.Answered;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Route;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a request.
 *
 * @param row the row of SPEC §2
 * @param reason why, where it is settled before there is a decision, else empty
 * @param decision the decision, or null before there is one
 * @param answered what the gateway answers itself, or null where it forwards
 */
public record Reply(
    String row, String reason, @Nullable Decision decision, @Nullable Answered answered) {

  /** {@return {@code forward}, or the status} */
  public String answer() {
    return answered == null ? "forward" : Integer.toString(answered.status());
  }

  /** {@return the route that decided, or null} */
  public @Nullable Route route() {
    return decision == null ? null : decision.route();
  }
}

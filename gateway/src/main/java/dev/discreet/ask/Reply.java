package dev.discreet.ask;

import dev.discreet.http.DryRun.Answered;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Route;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a request.
 *
 * @param row the row of SPEC §2, or null where none is reached: a public document is answered
 * @param reason why, where it is settled before there is a decision, else empty
 * @param decision the decision, or null before there is one
 * @param answered what the gateway answers itself, or null where it forwards
 */
public record Reply(
    @Nullable String row, String reason, @Nullable Decision decision, @Nullable Answered answered) {

  /** {@return {@code forward}, or the status} */
  public String answer() {
    return answered == null ? "forward" : Integer.toString(answered.status());
  }

  /** {@return what metrics and log call it (SPEC §8)} */
  public String label() {
    return answered == null ? "forward" : answered.decision();
  }

  /** {@return the row and what it means} */
  public String meaning() {
    return row == null ? reason : "row " + row + ": " + Rows.meaning(row);
  }

  /** {@return the route that decided, or null} */
  public @Nullable Route route() {
    return decision == null ? null : decision.route();
  }
}

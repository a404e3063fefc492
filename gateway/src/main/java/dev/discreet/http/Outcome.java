package dev.discreet.http;

import dev.discreet.policy.Row;
import dev.discreet.telemetry.DecisionLabel;
import org.jspecify.annotations.Nullable;

/**
 * How a request was settled, for the operator's eyes only.
 *
 * @param decision the label of metrics and log
 * @param row the row of SPEC §2, or null where none was reached
 * @param reason why, in words, or null
 * @param grant where the grant that decided stands, or null
 */
record Outcome(
    DecisionLabel decision, @Nullable String row, @Nullable String reason, @Nullable String grant) {
  static Outcome of(DecisionLabel decision, Row row) {
    return new Outcome(decision, row.number(), null, null);
  }

  static Outcome of(DecisionLabel decision, @Nullable String row, String reason) {
    return new Outcome(decision, row, reason, null);
  }
}

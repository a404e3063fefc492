package dev.discreet.policy;

import dev.discreet.policy.Condition.Outcome;

/** Learns of conditions that could not be evaluated. Called on the thread that decides. */
@FunctionalInterface
public interface ConditionFailures {
  /** Tells nobody. */
  ConditionFailures IGNORED = (place, outcome) -> {};

  /**
   * A condition could not be evaluated, so its grant gives nothing here.
   *
   * @param grant where the grant stands, {@code file:line}
   * @param outcome why; one of those that failed
   */
  void failed(String grant, Outcome outcome);
}

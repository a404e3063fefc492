package dev.discreet.policy;

/**
 * What all conditions of one decision together may still cost, in steps of {@link CelCondition}.
 * One decision uses it, on one thread.
 */
public final class StepBudget {
  /** About five milliseconds, in which the event loop serves nobody else. */
  private static final int STEPS = 50_000;

  private int left = STEPS;

  void spend(int steps) {
    left -= steps;
  }

  boolean spent() {
    return left < 0;
  }
}

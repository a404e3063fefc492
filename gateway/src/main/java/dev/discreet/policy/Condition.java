package dev.discreet.policy;

import java.util.Map;

/**
 * What a grant asks of caller and request beyond whom and where (SPEC §4, {@code when}). Its {@link
 * Object#toString} is the text of the configuration.
 */
@FunctionalInterface
public interface Condition {
  /** {@return whether it holds} It is asked only of a caller whom the grant is to. */
  Outcome in(Circumstances circumstances);

  /** {@return whether it can hold for one method and not for another} */
  default boolean readsMethod() {
    return true;
  }

  /** {@return whether it can hold for one caller and not for another of the same issuer} */
  default boolean readsCaller() {
    return true;
  }

  /**
   * What a condition may ask about.
   *
   * @param request the request, with the method that is judged
   * @param caller who sends it
   * @param claims what the caller's token says
   * @param path the captures of the route's template and of the grant's pattern
   * @param steps what evaluating it takes its steps from
   */
  record Circumstances(
      AccessRequest request,
      Caller caller,
      PlainClaims claims,
      Map<String, String> path,
      StepBudget steps) {
    public Circumstances {
      path = Map.copyOf(path);
    }
  }

  /** Whether a condition holds, or why that can't be told; then it counts as not holding. */
  enum Outcome {
    HOLDS,
    DOES_NOT_HOLD,
    /** A claim, a key or a name that it reads is not there. */
    MISSING,
    /** A value is of a type or a form that it can't work with. */
    WRONG_VALUE,
    /** Evaluating it takes more than a condition, or all those of one decision, may cost. */
    TOO_COSTLY;

    /** {@return whether it could not be evaluated} */
    public boolean failed() {
      return this != HOLDS && this != DOES_NOT_HOLD;
    }
  }
}

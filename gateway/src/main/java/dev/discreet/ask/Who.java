package dev.discreet.ask;

import dev.discreet.identity.Reason;
import dev.discreet.policy.Caller;

/** Who calls, as far as can be told. */
public sealed interface Who {
  /** Nobody that is known, or the bearer of a token that is taken to be valid. */
  record Known(Caller caller) implements Who {}

  /**
   * The bearer of a token that is refused.
   *
   * @param token what was presented: it may be such that no request with it is read
   */
  record Refused(Reason reason, String token) implements Who {}

  /** The bearer of a token that can't be checked, since the issuer's keys are not there. */
  record NoKeys(String issuer) implements Who {}

  /** {@return nobody that is known} */
  static Who anonymous() {
    return new Known(Caller.Anonymous.ANONYMOUS);
  }
}

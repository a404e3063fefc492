package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.identity.Reason;
import dev.discreet.identity.UnverifiedClaims;
import dev.discreet.policy.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /**
   * {@return who would bear a valid token with these claims}
   *
   * @param issuer the name of its issuer; null for the one that {@code iss} names, or the only one
   * @throws IllegalArgumentException if the issuer can't be told, or the claims have no subject
   */
  static Who claiming(GatewayConfig config, Map<String, Object> claims, @Nullable String issuer) {
    return new Known(
        UnverifiedClaims.caller(ClaimedIssuer.of(config.issuers(), claims, issuer), claims));
  }

  /** {@return nobody that is known} */
  static Who anonymous() {
    return new Known(Caller.Anonymous.ANONYMOUS);
  }
}

package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.http.TokenTrial;
import dev.discreet.identity.TokenReport;
import dev.discreet.identity.Verification;
import java.io.IOException;

/** Who bears a token, and what it says. */
public record Bearer(Who who, TokenReport token) {
  /**
   * {@return who bears a token, verified as the gateway does; blocks while keys are fetched}
   *
   * @param token as it would stand behind {@code Bearer}, or {@code DPoP}
   * @throws IOException if the transport that is configured does not load
   * @throws IllegalArgumentException if nobody but its issuer can tell what it says
   */
  public static Bearer of(GatewayConfig config, String token) throws IOException {
    TokenTrial.Examined examined = new TokenTrial(config).verify(token);
    Who who =
        switch (examined.verification()) {
          case Verification.Verified verified -> new Who.Known(verified.caller());
          case Verification.Refused refused -> new Who.Refused(refused.reason(), token);
          case Verification.Undecided unknown -> new Who.NoKeys(unknown.issuer());
        };
    return new Bearer(who, examined.report());
  }
}

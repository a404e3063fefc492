package dev.discreet.identity;

import dev.discreet.client.Egress;
import dev.discreet.config.IssuerConfig;

/** How issuers are reached. */
final class Providers {
  private Providers() {}

  /** {@return the way to the issuer} Made once for it: it reads what is trusted. */
  static Egress egress(IssuerConfig issuer) {
    return Egress.of(issuer.access().ca(), issuer.access().proxy());
  }
}

package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;

/** One issuer: what is asked of its tokens, and its keys. */
record Issuer(IssuerConfig config, IssuerKeys keys, ClaimsCheck check) {
  boolean accepts(Algorithm algorithm) {
    return config.algorithms().contains(algorithm == Algorithm.EDDSA ? "EdDSA" : algorithm.name());
  }
}

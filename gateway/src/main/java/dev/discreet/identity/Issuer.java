package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import org.jspecify.annotations.Nullable;

/** One issuer of signed tokens: what is asked of them, and its keys. */
record Issuer(IssuerConfig config, IssuerKeys keys, ClaimsCheck check) {
  /**
   * {@return the algorithm that the token is to be verified with, or null where no key could verify
   * it} A token that {@code cnf} binds to a key is no bearer token, and its proof is not read here.
   */
  @Nullable Algorithm algorithmOf(SignedToken token) {
    Algorithm algorithm = Algorithm.named(token.algorithm());
    return algorithm != null && accepts(algorithm) && !token.claims().containsKey("cnf")
        ? algorithm
        : null;
  }

  private boolean accepts(Algorithm algorithm) {
    return config.algorithms().contains(algorithm == Algorithm.EDDSA ? "EdDSA" : algorithm.name());
  }
}

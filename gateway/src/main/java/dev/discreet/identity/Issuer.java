package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import org.jspecify.annotations.Nullable;

/** One issuer of signed tokens: what is asked of them, and its keys. */
record Issuer(IssuerConfig config, IssuerKeys keys, ClaimsCheck check) {
  /**
   * {@return the algorithm that the token is to be verified with, or null where no key could verify
   * it}
   */
  @Nullable Algorithm algorithmOf(SignedToken token) {
    return accepted(token.algorithm(), config);
  }

  /** {@return the algorithm of this name, or null where the issuer's are others} */
  static @Nullable Algorithm accepted(String name, IssuerConfig config) {
    Algorithm algorithm = Algorithm.named(name);
    return algorithm != null
            && config
                .algorithms()
                .contains(algorithm == Algorithm.EDDSA ? "EdDSA" : algorithm.name())
        ? algorithm
        : null;
  }
}

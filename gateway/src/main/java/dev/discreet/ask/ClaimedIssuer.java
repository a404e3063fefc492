package dev.discreet.ask;

import dev.discreet.config.IssuerConfig;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose a token would be that had these claims. */
final class ClaimedIssuer {
  private ClaimedIssuer() {}

  /**
   * {@return the issuer}
   *
   * @param all by name
   * @param name the one that is said, or null for the one that {@code iss} names, or the only one
   * @throws IllegalArgumentException if it can't be told; the message goes behind the claims
   */
  static IssuerConfig of(
      Map<String, IssuerConfig> all, Map<String, Object> claims, @Nullable String name) {
    Object iss = claims.get("iss");
    if (name != null) {
      IssuerConfig named = all.get(name);
      if (named == null) {
        throw new IllegalArgumentException(
            "are said to be of the issuer %s, which the configuration does not have; it has %s"
                .formatted(name, known(all)));
      }
      if (iss != null && !named.issuer().equals(iss)) {
        throw new IllegalArgumentException(
            "have the iss %s, which is not that of the issuer %s: %s"
                .formatted(iss, name, named.issuer()));
      }
      return named;
    }
    if (iss != null) {
      return all.values().stream()
          .filter(one -> one.issuer().equals(iss))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "have the iss %s, which is not that of any issuer; the configuration has %s"
                          .formatted(iss, known(all))));
    }
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          "do not say whose they are; name an issuer: the configuration has " + known(all));
    }
    return all.values().iterator().next();
  }

  private static String known(Map<String, IssuerConfig> all) {
    return all.isEmpty()
        ? "none"
        : new TreeMap<>(all)
            .values().stream()
                .map(issuer -> issuer.name() + " (" + issuer.issuer() + ")")
                .collect(Collectors.joining(", "));
  }
}

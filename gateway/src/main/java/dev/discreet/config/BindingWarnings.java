package dev.discreet.config;

import dev.discreet.config.IssuerConfig.Demand;
import java.util.Map;

/** Warns of tokens bound to keys that nobody could prove, by what else is configured. */
final class BindingWarnings {
  private static final TokenSource DPOP = new TokenSource.Dpop();

  private BindingWarnings() {}

  static void check(Section main, Map<String, IssuerConfig> issuers) {
    boolean read = main.get(TokenSourceReader.KEY).contains(DPOP);
    boolean asked = main.get(ListenReader.LISTEN).stream().anyMatch(ListenAddress::asksClients);
    Node tokenFrom = main.node(TokenSourceReader.KEY);
    if (read
        && tokenFrom != null
        && issuers.values().stream()
            .allMatch(issuer -> issuer.binding().dpop() == Demand.DISABLED)) {
      tokenFrom.warn("names dpop, which no issuer allows: every token behind DPoP is refused");
    }
    for (Node.Member member : main.get(GatewayReader.ISSUERS)) {
      IssuerConfig issuer = issuers.get(member.name());
      if (issuer != null && issuer.binding().dpop() != Demand.DISABLED && !read) {
        warn(member, IssuerReader.DPOP, "needs dpop in tokenFrom: no proof is read without it");
      }
      if (issuer != null && issuer.binding().certificate() == Demand.REQUIRED && !asked) {
        warn(
            member,
            IssuerReader.CERTIFICATE_BOUND,
            "needs a listener with clientCertificates: no token can be proven without it");
      }
    }
  }

  private static void warn(Node.Member issuer, Key<?> key, String message) {
    for (Node.Member member : issuer.value().members()) {
      if (member.name().equals(key.name())) {
        member.value().warn(message);
      }
    }
  }
}

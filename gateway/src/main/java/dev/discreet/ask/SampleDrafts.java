package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Claims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Callers made up, in the eyes of a policy. Each has every claim that a pattern asks for, with
 * <code>{claims.NAME}</code> as its value.
 *
 * @param config by whose issuers claims are read
 * @param claimNames the claims that patterns ask for
 */
record SampleDrafts(GatewayConfig config, Set<String> claimNames) {
  /** {@return somebody whose token has these permissions} */
  Caller anybody(String issuer, Set<String> permissions) {
    return caller(issuer, "{claims.sub}", permissions, Set.of(), new HashMap<>());
  }

  /** {@return whom a grant names} */
  Caller of(Recipient recipient) {
    String issuer = recipient.issuer();
    return switch (recipient.kind()) {
      case SUBJECT ->
          caller(issuer, recipient.value().toString(), Set.of(), Set.of(), new HashMap<>());
      case GROUP ->
          caller(
              issuer,
              "{claims.sub}",
              Set.of(),
              Set.of(recipient.value().toString()),
              new HashMap<>());
      case CLAIM -> {
        Map<String, Object> claims = new HashMap<>();
        put(claims, recipient.path(), recipient.value());
        yield caller(issuer, "{claims.sub}", Set.of(), Set.of(), claims);
      }
    };
  }

  private Caller caller(
      String issuer,
      String subject,
      Set<String> permissions,
      Set<String> groups,
      Map<String, Object> claims) {
    claims.putIfAbsent("sub", subject);
    IssuerConfig known = config.issuers().get(issuer);
    Map<String, ClaimPath> names = known == null ? Map.of() : known.claims();
    for (String name : claimNames) {
      ClaimPath path = names.getOrDefault(name, new ClaimPath(name, List.of(name)));
      put(claims, path, "{claims." + name + "}");
    }
    return new Caller.Authenticated(
        issuer,
        subject,
        permissions,
        groups,
        new Claims(claims, names),
        AuthenticationEvent.UNKNOWN);
  }

  @SuppressWarnings("unchecked") // what is there was put there as such a map
  private static void put(Map<String, Object> claims, ClaimPath path, Object value) {
    Map<String, Object> at = claims;
    List<String> steps = path.steps();
    for (String step : steps.subList(0, steps.size() - 1)) {
      Object child = at.computeIfAbsent(step, _ -> new HashMap<String, Object>());
      if (!(child instanceof Map<?, ?>)) {
        return;
      }
      at = (Map<String, Object>) child;
    }
    at.putIfAbsent(steps.getLast(), value);
  }
}

package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Claims;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The caller that a valid token stands for. */
final class Callers {
  private Callers() {}

  static Caller.Authenticated of(IssuerConfig issuer, String subject, Map<String, Object> claims) {
    Set<String> permissions = new HashSet<>();
    for (ClaimPath path : issuer.permissionsFrom()) {
      switch (path.in(claims)) {
        case String text -> permissions.addAll(List.of(text.split(" +")));
        case List<?> items -> addTexts(items, permissions);
        case null, default -> {}
      }
    }
    permissions.remove("");
    Set<String> groups = new HashSet<>();
    for (ClaimPath path : issuer.groupsFrom()) {
      switch (path.in(claims)) {
        case String text -> groups.add(text);
        case List<?> items -> addTexts(items, groups);
        case null, default -> {}
      }
    }
    return new Caller.Authenticated(
        issuer.name(),
        subject,
        permissions,
        groups,
        new Claims(claims, issuer.claims()),
        new AuthenticationEvent(
            claims.get("acr") instanceof String acr ? acr : null,
            ClaimsCheck.time(claims, "auth_time"),
            issuer.clockSkew()));
  }

  private static void addTexts(List<?> items, Set<String> texts) {
    for (Object item : items) {
      if (item instanceof String text) {
        texts.add(text);
      }
    }
  }
}

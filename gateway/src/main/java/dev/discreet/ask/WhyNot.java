package dev.discreet.ask;

import dev.discreet.policy.Caller;
import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.Explanation.Miss;
import dev.discreet.policy.Explanation.Parting;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.To;
import dev.discreet.policy.Resource;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Why a grant does not count for a caller on a resource, in words. */
final class WhyNot {
  private final Caller caller;
  private final Resource resource;

  private WhyNot(Caller caller, Resource resource) {
    this.caller = caller;
    this.resource = resource;
  }

  /** {@return every reason} */
  static List<String> of(Miss miss, Caller caller, Resource resource) {
    return new WhyNot(caller, resource).reasons(miss);
  }

  private List<String> reasons(Miss miss) {
    Grant grant = miss.grant();
    List<String> why = new ArrayList<>();
    if (!miss.toCaller()) {
      why.add("the caller is not one of its recipients" + recipient(grant.to()));
    }
    if (!miss.ofIssuer() && grant.issuers() != null) {
      why.add("it is for callers of issuer " + Words.alternatives(grant.issuers()));
    }
    if (!miss.carried()) {
      why.add("it gives what the token carries, and the token does not carry it");
    }
    Outcome outcome = miss.condition();
    if (outcome != null && outcome != Outcome.HOLDS) {
      why.add(condition(outcome) + ": " + Words.of(Objects.requireNonNull(grant.when())));
    }
    miss.elsewhere().forEach(parting -> why.add(elsewhere(parting)));
    return why;
  }

  private String recipient(To to) {
    return to instanceof To.Claimants some && caller instanceof Caller.Authenticated known
        ? ": the claim " + some.claim() + " " + ClaimWords.of(known.claims().at(some.claim()))
        : "";
  }

  private static String condition(Outcome outcome) {
    return switch (outcome) {
      case HOLDS -> "its condition holds";
      case DOES_NOT_HOLD -> "its condition does not hold";
      case MISSING -> "its condition reads a claim or a name that is not there";
      case WRONG_VALUE -> "its condition can't work with the type or form of a value";
      case TOO_COSTLY -> "its condition costs too much";
    };
  }

  private String elsewhere(Parting parting) {
    List<Part> parts = parting.pattern().segments();
    int at = parting.segment();
    String pattern = parting.pattern() + " ";
    if (at < 0) {
      return pattern
          + (parting.pattern().host() instanceof HostPattern.ClaimBelow(String name, _)
              ? "asks in the host for the claim " + claim(name) + "; the resource is " + resource
              : "is for another host than " + resource);
    }
    if (at >= resource.segments().size()) {
      return pattern + "goes on where the resource ends";
    }
    if (at >= parts.size()) {
      return pattern + "ends where the resource goes on";
    }
    String segment = " in segment " + (at + 1);
    String has = '"' + resource.segments().get(at) + '"';
    String where = segment + ", where the resource has " + has;
    return pattern
        + switch (parts.get(at)) {
          case Part.Literal(String text) -> "has \"" + text + "\"" + where;
          case Part.Claim(String name) ->
              "asks" + segment + " for the claim " + claim(name) + "; the resource has " + has;
          case Part.Named(String name) -> "needs {" + name + "} to be the same everywhere" + where;
          case Part.One one -> "needs a segment that is not empty" + where;
          case Part.Below below -> "does not cover it";
        };
  }

  private String claim(String name) {
    return caller instanceof Caller.Authenticated known
        ? ClaimWords.ofPattern(name, known.claims())
        : name + ", and there is no token";
  }
}

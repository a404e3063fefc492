package dev.discreet.ask;

import dev.discreet.policy.Caller;
import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Miss;
import dev.discreet.policy.Explanation.Parting;
import dev.discreet.policy.Explanation.Rival;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.To;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Resource;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policy's parts in words, as the configuration writes them where it can. */
final class Words {
  private Words() {}

  static String of(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Public all -> "public";
      case Requirement.Authenticated any -> "authenticated";
      case Requirement.AllOf all -> String.join(" and ", all.permissions());
      case Requirement.AnyOf any -> String.join(" or ", any.permissions());
    };
  }

  static String of(KnownTo rule) {
    return switch (rule) {
      case KnownTo.WhoMayCall callers -> "who may call a method of the route may know";
      case KnownTo.AnyAuthenticated any -> "knownTo: authenticated";
      case KnownTo.Nobody nobody -> "knownTo: nobody";
      case KnownTo.Holders holders -> "knownTo: " + of(holders.permissions());
    };
  }

  /** {@return a route, by its place and what it matches} */
  static String of(Route route) {
    return route.place() + ": " + (route.host() == null ? "" : "//" + route.host()) + route.path();
  }

  static String of(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous nobody -> "anonymous: no token";
      case Caller.Authenticated known ->
          "%s of issuer %s; groups: %s; the token carries: %s"
              .formatted(
                  known.subject(),
                  known.issuer(),
                  listed(known.groups()),
                  listed(known.permissions()));
    };
  }

  private static String listed(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
  }

  /** {@return a grant, by its place and what it says} */
  static String of(Grant grant) {
    String patterns =
        grant.resources().stream().map(Object::toString).collect(Collectors.joining(", "));
    return grant.place() + ": to " + of(grant.to()) + ", on " + patterns;
  }

  static String of(To to) {
    return switch (to) {
      case To.Anyone anyone -> "anyone";
      case To.AnyAuthenticated any -> "authenticated";
      case To.Subjects some -> "subject " + alternatives(some.subjects());
      case To.Groups some -> "group " + alternatives(some.groups());
      case To.Claimants some ->
          "claim "
              + some.claim()
              + " is "
              + alternatives(
                  some.values().stream().map(Object::toString).collect(Collectors.toSet()));
    };
  }

  private static String alternatives(Set<String> names) {
    return String.join(" or ", new TreeSet<>(names));
  }

  /** {@return why a grant does not count} */
  static List<String> of(Miss miss, Caller caller, Resource resource) {
    List<String> why = new ArrayList<>();
    if (!miss.toCaller()) {
      why.add("the caller is not one of its recipients");
    }
    Set<String> issuers = miss.grant().issuers();
    if (!miss.ofIssuer() && issuers != null) {
      why.add("it is for callers of issuer " + alternatives(issuers));
    }
    if (!miss.carried()) {
      why.add("it gives what the token carries, and the token does not carry it");
    }
    if (miss.condition() != null && miss.condition() != Outcome.HOLDS) {
      why.add(of(miss.condition()));
    }
    miss.elsewhere().forEach(parting -> why.add(of(parting, caller, resource)));
    return why;
  }

  private static String of(Outcome condition) {
    return switch (condition) {
      case HOLDS -> "its condition holds";
      case DOES_NOT_HOLD -> "its condition does not hold";
      case MISSING -> "its condition reads a claim or a name that is not there";
      case WRONG_VALUE -> "its condition can't work with the type or form of a value";
      case TOO_COSTLY -> "its condition costs too much";
    };
  }

  private static String of(Parting parting, Caller caller, Resource resource) {
    List<Part> parts = parting.pattern().segments();
    int at = parting.segment();
    String pattern = parting.pattern() + " ";
    if (at < 0) {
      return pattern + "is for another host than " + resource;
    }
    if (at >= resource.segments().size()) {
      return pattern + "goes on where the resource ends";
    }
    if (at >= parts.size()) {
      return pattern + "ends where the resource goes on";
    }
    String has = " in segment " + (at + 1) + ", where the resource has " + quoted(resource, at);
    return pattern
        + switch (parts.get(at)) {
          case Part.Literal(String text) -> "has \"" + text + "\"" + has;
          case Part.Claim(String name) -> "asks for the claim " + claimed(name, caller) + has;
          case Part.Named(String name) -> "needs {" + name + "} to be the same everywhere" + has;
          case Part.One one -> "needs a segment that is not empty" + has;
          case Part.Below below -> "does not cover it";
        };
  }

  private static String quoted(Resource resource, int at) {
    return '"' + resource.segments().get(at) + '"';
  }

  private static String claimed(String name, Caller caller) {
    Set<String> values =
        caller instanceof Caller.Authenticated known ? known.claims().segments(name) : Set.of();
    return name + (values.isEmpty() ? " (the caller has none)" : " (" + alternatives(values) + ")");
  }

  /** {@return why a route does not decide} */
  static String of(Rival rival, @Nullable Found winner) {
    return switch (rival.why()) {
      case Rival.Why.FartherHost farther -> "matches too; a route of a nearer host wins";
      case Rival.Why.SaysLess(int segment) ->
          "matches too; segment %d of %s says more"
              .formatted(segment + 1, winner == null ? "another" : winner.route().path());
      case Rival.Why.OtherHost other -> "is for the host " + rival.route().host();
      case Rival.Why.OtherPath(int segment) ->
          "comes near, and parts from the path in segment " + (segment + 1);
    };
  }
}

package dev.discreet.ask;

import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Condition;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Rival;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.To;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import dev.discreet.policy.StepUp;
import java.time.Duration;
import java.time.Instant;
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
      case KnownTo.Upstream _ -> "knownTo: upstream";
      case KnownTo.Holders holders -> "knownTo: " + of(holders.permissions());
    };
  }

  /** {@return what of a caller's authentication a route asks} */
  static String of(StepUp asked) {
    List<String> parts = new ArrayList<>();
    if (!asked.acr().isEmpty()) {
      parts.add("acr " + String.join(" or ", asked.acr()));
    }
    if (asked.maxAge() != null) {
      parts.add("auth_time at most " + asked.maxAge().toSeconds() + " s old");
    }
    return String.join(", ", parts);
  }

  /** {@return what a token says of its authentication} */
  static String of(AuthenticationEvent event, Instant now) {
    Instant time = event.time();
    return (event.acr() == null ? "no acr" : "acr " + event.acr())
        + ", "
        + (time == null
            ? "no auth_time"
            : "auth_time %s, %d s old".formatted(time, Duration.between(time, now).toSeconds()));
  }

  /** {@return a route, by its place and what it matches} */
  static String of(Route route) {
    return route.place() + ": " + template(route);
  }

  /** {@return what a route matches: its path, behind its host where it has one} */
  static String template(Route route) {
    return (route.host() == null ? "" : "//" + route.host()) + route.path();
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

  /** {@return a condition, on one line} */
  static String of(Condition condition) {
    return condition.toString().strip().replaceAll("\\s*\\R\\s*", " ");
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

  static String alternatives(Set<String> names) {
    return String.join(" or ", new TreeSet<>(names));
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

package dev.discreet.policy;

import dev.discreet.policy.Condition.Circumstances;
import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** SPEC §2 said again as plainly as can be, over lists, to compare the indexed core with. */
public final class NaiveEvaluator {
  private NaiveEvaluator() {}

  static @Nullable Route route(List<Route> routes, List<String> path) {
    return routes.stream()
        .filter(route -> matches(route.path().segments(), path))
        .min(Comparator.comparing(NaiveEvaluator::rank))
        .orElse(null);
  }

  /** A literal wins over a variable, a variable over the end, the end over {@code **}. */
  private static String rank(Route route) {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : route.path().segments()) {
      rank.append(
          switch (segment) {
            case Segment.Literal literal -> 'a';
            case Segment.Variable variable -> 'b';
            case Segment.Rest rest -> 'd';
          });
    }
    return rank.append('c').toString();
  }

  private static boolean matches(List<Segment> template, List<String> path) {
    boolean open = !template.isEmpty() && template.getLast() == Segment.Rest.REST;
    int fixed = open ? template.size() - 1 : template.size();
    if (open ? path.size() < fixed : path.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      boolean fits =
          switch (template.get(i)) {
            case Segment.Literal literal -> literal.text().equals(path.get(i));
            case Segment.Variable variable -> !path.get(i).isEmpty();
            case Segment.Rest rest -> false;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return whether the answer may depend neither on what exists nor on what others hold: the
   * request is not permitted, and the caller may not know; or it is, and the caller must step up}
   */
  public static boolean mayNotKnow(
      List<Route> routes, List<Grant> grants, Caller caller, AccessRequest request) {
    Route route = route(routes, request.segments());
    if (route == null) {
      return true;
    }
    Target target = Target.of(route, request);
    Requirement asked = route.methods().get(request.method());
    if (asked == null && request.method().equals("HEAD")) {
      asked = route.methods().get("GET");
    }
    if (asked != null && permits(asked, grants, caller, target)) {
      // Who may do it is asked to step up, whatever exists.
      return !strongEnough(caller, target);
    }
    return (caller instanceof Caller.Anonymous || !mayKnow(route, grants, caller, target));
  }

  private static boolean permits(
      Requirement asked, List<Grant> grants, Caller caller, Target target) {
    return switch (asked) {
      case Requirement.Public all -> true;
      case Requirement.Authenticated any -> caller instanceof Caller.Authenticated;
      case Requirement.AllOf all -> meets(all, target.request().method(), grants, caller, target);
      case Requirement.AnyOf any -> meets(any, target.request().method(), grants, caller, target);
    };
  }

  private static boolean strongEnough(Caller caller, Target target) {
    StepUp asked = target.route().stepUp();
    AuthenticationEvent event =
        caller instanceof Caller.Authenticated known
            ? known.authentication()
            : AuthenticationEvent.UNKNOWN;
    boolean strong =
        asked.acr().isEmpty() || asked.acr().stream().anyMatch(a -> a.equals(event.acr()));
    Instant time = event.time();
    boolean fresh =
        asked.maxAge() == null
            || (time != null
                && Duration.between(time, target.request().time()).compareTo(asked.maxAge()) <= 0);
    return strong && fresh;
  }

  static boolean mayKnow(Route route, List<Grant> grants, Caller caller, Target target) {
    if (!strongEnough(caller, target)
        && route.knownTo() != KnownTo.AnyAuthenticated.ANY_AUTHENTICATED) {
      return false;
    }
    return switch (route.knownTo()) {
      case KnownTo.AnyAuthenticated any -> true;
      case KnownTo.Nobody _, KnownTo.Upstream _ -> false;
      case KnownTo.Holders holders ->
          meets(holders.permissions(), target.request().method(), grants, caller, target);
      case KnownTo.WhoMayCall callers -> {
        Map<String, Requirement> methods = new HashMap<>(route.methods());
        if (methods.containsKey("GET")) {
          methods.putIfAbsent("HEAD", methods.get("GET"));
        }
        yield methods.entrySet().stream()
            .anyMatch(asked -> meets(asked.getValue(), asked.getKey(), grants, caller, target));
      }
    };
  }

  private static boolean meets(
      Requirement asked, String method, List<Grant> grants, Caller caller, Target target) {
    Predicate<String> held = permission -> holds(grants, caller, target, permission, method);
    return switch (asked) {
      case Requirement.Public all -> target.route().resourceIsPath();
      case Requirement.Authenticated any -> target.route().resourceIsPath();
      case Requirement.AllOf all -> all.permissions().stream().allMatch(held);
      case Requirement.AnyOf any -> any.permissions().stream().anyMatch(held);
    };
  }

  static boolean holds(
      List<Grant> grants, Caller caller, Target target, String permission, String method) {
    return grants.stream()
        .anyMatch(
            grant ->
                concerns(grant, caller)
                    && grant.resources().stream()
                        .anyMatch(p -> applies(grant, p, caller, target, method))
                    && gives(grant, caller, permission));
  }

  /** {@return whether a grant can give this caller anything} */
  public static boolean concerns(Grant grant, Caller caller) {
    if (grant.to() instanceof Grant.To.Anyone) {
      return true;
    }
    if (!(caller instanceof Caller.Authenticated known)
        || (grant.issuers() != null && !grant.issuers().contains(known.issuer()))) {
      return false;
    }
    return switch (grant.to()) {
      case Grant.To.Anyone anyone -> true;
      case Grant.To.AnyAuthenticated any -> true;
      case Grant.To.Subjects to -> to.subjects().contains(known.subject());
      case Grant.To.Groups to -> known.groups().stream().anyMatch(to.groups()::contains);
      case Grant.To.Claimants to -> {
        Object value = known.claims().at(to.claim());
        yield value instanceof List<?> list
            ? list.stream().anyMatch(to.values()::contains)
            : value != null && to.values().contains(value);
      }
    };
  }

  private static boolean applies(
      Grant grant, ResourcePattern pattern, Caller caller, Target target, String method) {
    Map<String, String> names = covers(pattern, caller, target);
    if (names == null || grant.when() == null) {
      return names != null;
    }
    AccessRequest asked = target.request().calling(method);
    return grant
            .when()
            .in(new Circumstances(asked, caller, new PlainClaims(caller), names, new StepBudget()))
        == Outcome.HOLDS;
  }

  /** The captures, or null where the pattern does not cover the target's resource. */
  private static @Nullable Map<String, String> covers(
      ResourcePattern pattern, Caller caller, Target target) {
    List<String> path = target.resource().segments();
    Map<String, String> names = new HashMap<>(target.captures());
    int at = 0;
    for (Part part : pattern.segments()) {
      if (part == Part.Below.BELOW) {
        return names;
      }
      if (at == path.size()) {
        return null;
      }
      String segment = path.get(at++);
      boolean fits =
          switch (part) {
            case Part.Literal literal -> literal.text().equals(segment);
            case Part.One one -> !segment.isEmpty();
            case Part.Named named ->
                !segment.isEmpty()
                    && names.merge(named.name(), segment, (old, now) -> old).equals(segment);
            case Part.Claim claim ->
                caller instanceof Caller.Authenticated known
                    && known.claims().segments(claim.name()).contains(segment);
            case Part.Below below -> true;
          };
      if (!fits) {
        return null;
      }
    }
    return at == path.size() ? names : null;
  }

  private static boolean gives(Grant grant, Caller caller, String permission) {
    return switch (grant.gives()) {
      case Grant.Gives.Permissions some -> some.permissions().covers(permission);
      case Grant.Gives.TokenPermissions token ->
          caller instanceof Caller.Authenticated known && known.permissions().contains(permission);
    };
  }
}

package dev.discreet.http;

import dev.discreet.policy.Caller;
import dev.discreet.policy.Grant;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.PermissionSet;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import dev.discreet.policy.RouteTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Random policies under which a caller may not know of anything below {@code /z}, by construction
 * and not by anybody's decision: every pattern of a grant that could be to him begins with another
 * literal segment, and no route that leads there asks for nothing or is known to all.
 */
final class HiddenRegion {
  private static final String ROOT = "z";
  private static final List<String> ELSEWHERE = List.of("a", "b", "c");

  private final RandomPolicy random;

  HiddenRegion(RandomPolicy random) {
    this.random = random;
  }

  /**
   * {@return random routes}
   *
   * @param knownToAll breaks the construction: those that lead there are known to all
   */
  RouteTable routes(boolean knownToAll) {
    return new RouteTable(
        random.routes().routes().stream()
            .map(route -> leadsThere(route) ? asking(route, knownToAll) : route)
            .toList());
  }

  private static boolean leadsThere(Route route) {
    return !(route.path().segments().getFirst() instanceof Segment.Literal);
  }

  private Route asking(Route route, boolean knownToAll) {
    Map<String, Requirement> methods = new LinkedHashMap<>();
    route.methods().forEach((method, asked) -> methods.put(method, some(asked)));
    boolean open = route.knownTo() == KnownTo.AnyAuthenticated.ANY_AUTHENTICATED;
    KnownTo knownTo = open ? KnownTo.Nobody.NOBODY : route.knownTo();
    return new Route(
        route.place(),
        route.name(),
        route.host(),
        route.path(),
        route.resource(),
        methods,
        route.emptyList(),
        knownToAll ? KnownTo.AnyAuthenticated.ANY_AUTHENTICATED : knownTo,
        route.stepUp(),
        route.onUnknown(),
        route.requestAccess(),
        route.observes(),
        route.forwarding());
  }

  private Requirement some(Requirement asked) {
    return switch (asked) {
      case Requirement.Public _, Requirement.Authenticated _ ->
          new Requirement.AllOf(List.of(random.pick(RandomPolicy.PERMISSIONS)));
      case Requirement.AllOf _, Requirement.AnyOf _ -> asked;
    };
  }

  /** {@return up to eight grants to anybody, the outsider too, on resources elsewhere} */
  List<Grant> grantsElsewhere() {
    List<Grant> grants = new ArrayList<>();
    for (Grant grant : random.grants()) {
      grants.add(beginning(grant, random.pick(ELSEWHERE)));
    }
    grants.add(beginning(random.grant("grants.yaml:9", random.to()), random.pick(ELSEWHERE)));
    return grants;
  }

  /** {@return a grant to anybody but him, mostly on what is hidden from him} */
  Grant toOthers(Caller outsider) {
    Grant grant = random.grant("others.yaml:1", others(outsider));
    return random.chance(70) ? beginning(grant, ROOT) : grant;
  }

  /** {@return one to him, which breaks the construction} */
  Grant toEverybody() {
    return new Grant(
        "shared.yaml:1",
        Grant.To.Anyone.ANYONE,
        null,
        new Grant.Gives.Permissions(new PermissionSet(List.of("*"))),
        List.of(pattern(List.of(new Part.Literal(ROOT), Part.Below.BELOW))),
        null);
  }

  private Grant.To others(Caller outsider) {
    List<String> subjects = new ArrayList<>(List.of("alice", "bob", "carol", "dave"));
    List<String> groups = new ArrayList<>(List.of("staff", "guests", "friends"));
    if (outsider instanceof Caller.Authenticated known) {
      subjects.remove(known.subject());
      groups.removeAll(known.groups());
    }
    return random.chance(50)
        ? new Grant.To.Subjects(Set.of(random.pick(subjects)))
        : new Grant.To.Groups(Set.of(random.pick(groups)));
  }

  private static Grant beginning(Grant grant, String first) {
    return new Grant(
        grant.place(),
        grant.to(),
        grant.issuers(),
        grant.gives(),
        grant.resources().stream().map(pattern -> beginning(pattern, first)).toList(),
        grant.when());
  }

  private static ResourcePattern beginning(ResourcePattern pattern, String first) {
    List<Part> parts = new ArrayList<>(pattern.segments());
    if (parts.getFirst() == Part.Below.BELOW) {
      parts.addFirst(new Part.Literal(first));
    } else {
      parts.set(0, new Part.Literal(first));
    }
    return pattern(parts);
  }

  private static ResourcePattern pattern(List<Part> parts) {
    return new ResourcePattern(parts.toString(), null, parts);
  }

  /** {@return a request to something hidden, said in one of the many ways that one is} */
  RandomRequest request() {
    RandomRequest request = RandomRequest.from(random);
    List<String> path = new ArrayList<>(request.path());
    String target = request.target();
    // As many segments as routes have.
    if (path.size() > 2) {
      String first = target.substring(0, target.indexOf('/', 1));
      target = target.substring(first.length());
      path.removeFirst();
    }
    path.addFirst(ROOT);
    return new RandomRequest(
        request.method(), path, "/" + ROOT + target, request.fields(), request.body());
  }

  /** {@return some of the paths that requests ask for there} */
  Set<String> paths() {
    Set<String> paths = new HashSet<>();
    for (String one : ELSEWHERE) {
      for (String two : List.of("", "/a", "/b", "/c")) {
        if (random.chance(50)) {
          paths.add("/" + ROOT + "/" + one + two);
        }
      }
    }
    return paths;
  }

  /** {@return whether it is there} */
  static boolean has(String target) {
    return target.startsWith("/" + ROOT + "/");
  }
}

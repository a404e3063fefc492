package dev.discreet.policy;

import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern.Part;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Random routes, grants, callers and requests from one seed, over so small a world that they meet.
 */
public final class RandomPolicy {
  /** When requests are made; by the true time, too, authentications are as old as they are then. */
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** When somebody authenticated who is fresh enough for every route. */
  public static final Instant FRESH = Instant.parse("2025-01-01T00:00:00Z");

  /** When somebody authenticated who is too old for every route that asks. */
  public static final Instant STALE = Instant.parse("2000-01-01T00:00:00Z");

  private static final Duration MAX_AGE = Duration.ofDays(20 * 365);

  /** What routes ask for. */
  public static final List<String> PERMISSIONS =
      List.of("d:read", "d:write", "d:list", "x:read", "admin");

  private static final List<String> GIVEN =
      List.of("d:read", "d:write", "d:list", "d:*", "x:*", "x:read", "admin", "*");
  private static final List<String> SEGMENTS = List.of("a", "b", "c");
  private static final List<String> METHODS = List.of("GET", "PUT", "DELETE", "HEAD");

  private final Random random;

  /** Begins with {@code seed}. */
  public RandomPolicy(long seed) {
    random = new Random(seed);
  }

  /** {@return true in so many of a hundred cases} */
  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** {@return one of them} */
  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** {@return the segments of a path} */
  public List<String> path() {
    List<String> path = new ArrayList<>();
    int length = 1 + random.nextInt(3);
    for (int i = 0; i < length; i++) {
      path.add(pick(SEGMENTS));
    }
    if (chance(10)) {
      path.add("");
    }
    return path;
  }

  /** {@return a method that routes name, or PATCH} */
  public String method() {
    return chance(10) ? "PATCH" : pick(METHODS);
  }

  /** {@return one to six routes to the upstream {@code api}} */
  public RouteTable routes() {
    Map<String, Route> byShape = new TreeMap<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Route route = route();
      byShape.put(route.path().text().replaceAll("\\{[^}]*}", "{}"), route);
    }
    return new RouteTable(List.copyOf(byShape.values()));
  }

  private Route route() {
    List<Segment> segments = new ArrayList<>();
    int length = 1 + random.nextInt(3);
    for (int i = 0; i < length; i++) {
      segments.add(
          chance(50) ? new Segment.Literal(pick(SEGMENTS)) : new Segment.Variable("v" + i));
    }
    if (chance(15)) {
      segments.add(Segment.Rest.REST);
    }
    PathTemplate path = template(segments);
    Map<String, Requirement> methods = new LinkedHashMap<>();
    int named = 1 + random.nextInt(3);
    for (int i = 0; i < named; i++) {
      methods.put(pick(METHODS), requirement());
    }
    PathTemplate resource =
        chance(20) && segments.size() > 1 && !segments.contains(Segment.Rest.REST)
            ? template(segments.subList(0, segments.size() - 1))
            : path;
    return new Route(
        "routes.yaml:1",
        path.text(),
        null,
        path,
        resource,
        methods,
        chance(20) ? "[]" : null,
        knownTo(),
        methods.containsValue(Requirement.Public.PUBLIC) ? StepUp.NONE : stepUp(),
        pick(List.of(OnUnknown.values())),
        null,
        false,
        new Route.Forwarding("api", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
  }

  private static PathTemplate template(List<Segment> segments) {
    StringBuilder text = new StringBuilder();
    for (Segment segment : segments) {
      text.append('/')
          .append(
              switch (segment) {
                case Segment.Literal literal -> literal.text();
                case Segment.Variable variable -> '{' + variable.name() + '}';
                case Segment.Rest rest -> "**";
              });
    }
    return new PathTemplate(text.toString(), segments);
  }

  private Requirement requirement() {
    return switch (random.nextInt(8)) {
      case 0 -> Requirement.Public.PUBLIC;
      case 1 -> Requirement.Authenticated.AUTHENTICATED;
      case 2 -> new Requirement.AllOf(List.of(pick(PERMISSIONS), pick(PERMISSIONS)));
      case 3 -> new Requirement.AnyOf(List.of(pick(PERMISSIONS), pick(PERMISSIONS)));
      default -> new Requirement.AllOf(List.of(pick(PERMISSIONS)));
    };
  }

  private StepUp stepUp() {
    return switch (random.nextInt(8)) {
      case 0 -> new StepUp(List.of("gold", "silver"), null);
      case 1 -> new StepUp(List.of(), MAX_AGE);
      case 2 -> new StepUp(List.of("gold"), MAX_AGE);
      default -> StepUp.NONE;
    };
  }

  private KnownTo knownTo() {
    return switch (random.nextInt(6)) {
      case 0 -> KnownTo.AnyAuthenticated.ANY_AUTHENTICATED;
      case 1 -> KnownTo.Nobody.NOBODY;
      case 2 -> new KnownTo.Holders(new Requirement.AllOf(List.of(pick(PERMISSIONS))));
      default -> KnownTo.WhoMayCall.WHO_MAY_CALL;
    };
  }

  /** {@return up to seven grants} */
  public List<Grant> grants() {
    List<Grant> grants = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      grants.add(grant("grants.yaml:" + i, to()));
    }
    return grants;
  }

  /** {@return a grant to {@code to}} */
  public Grant grant(String place, Grant.To to) {
    Grant.Gives gives =
        chance(20)
            ? Grant.Gives.TokenPermissions.TOKEN_PERMISSIONS
            : new Grant.Gives.Permissions(new PermissionSet(List.of(pick(GIVEN), pick(GIVEN))));
    return new Grant(
        place,
        to,
        chance(30) ? Set.of(pick(List.of("main", "other"))) : null,
        gives,
        List.of(pattern()),
        chance(30) ? condition() : null);
  }

  private Condition condition() {
    return switch (random.nextInt(3)) {
      case 0 -> {
        String method = pick(METHODS);
        yield in -> outcome(in.request().method().equals(method));
      }
      case 1 -> {
        String segment = pick(SEGMENTS);
        yield in ->
            in.path().containsKey("v0")
                ? outcome(segment.equals(in.path().get("v0")))
                : Outcome.MISSING;
      }
      default -> in -> outcome("5".equals(in.claims().values().get("level")));
    };
  }

  private static Outcome outcome(boolean holds) {
    return holds ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
  }

  AccessRequest request() {
    return new AccessRequest(method(), "", path(), InetAddress.getLoopbackAddress(), NOW);
  }

  /** {@return who may be granted something} */
  public Grant.To to() {
    return switch (random.nextInt(6)) {
      case 0 -> Grant.To.Anyone.ANYONE;
      case 1 -> Grant.To.AnyAuthenticated.ANY_AUTHENTICATED;
      case 2 -> new Grant.To.Groups(Set.of(pick(List.of("staff", "guests"))));
      case 3 ->
          new Grant.To.Claimants(
              ClaimPath.parse("/level"), Set.of(pick(List.<Object>of("5", new BigDecimal(5)))));
      default -> new Grant.To.Subjects(Set.of(pick(List.of("alice", "bob"))));
    };
  }

  private ResourcePattern pattern() {
    List<Part> parts = new ArrayList<>();
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      parts.add(
          switch (random.nextInt(6)) {
            case 0 -> Part.One.ONE;
            case 1 -> new Part.Named(pick(List.of("v0", "v1", "n")));
            case 2 -> new Part.Claim("account");
            default -> new Part.Literal(pick(SEGMENTS));
          });
    }
    if (parts.isEmpty() || chance(40)) {
      parts.add(Part.Below.BELOW);
    }
    return new ResourcePattern(parts.toString(), null, parts);
  }

  private AuthenticationEvent authentication() {
    return new AuthenticationEvent(
        chance(60) ? pick(List.of("gold", "silver", "bronze")) : null,
        chance(60) ? pick(List.of(FRESH, STALE)) : null,
        Duration.ofSeconds(30));
  }

  /** {@return a caller, one in ten of them anonymous} */
  public Caller caller() {
    if (chance(10)) {
      return Caller.Anonymous.ANONYMOUS;
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    if (chance(60)) {
      claims.put("account", chance(50) ? pick(SEGMENTS) : List.of(pick(SEGMENTS), "b"));
    }
    if (chance(40)) {
      claims.put("level", pick(List.<Object>of("5", new BigDecimal(5))));
    }
    return new Caller.Authenticated(
        pick(List.of("main", "other")),
        pick(List.of("alice", "bob")),
        chance(50) ? Set.of(pick(PERMISSIONS)) : Set.of(),
        chance(40) ? Set.of(pick(List.of("staff", "guests"))) : Set.of(),
        new Claims(claims, Map.of()),
        authentication());
  }
}

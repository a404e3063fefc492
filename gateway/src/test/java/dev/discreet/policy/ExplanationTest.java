package dev.discreet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.policy.Explanation.Asked;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Miss;
import dev.discreet.policy.Explanation.Rival.Why;
import dev.discreet.policy.Explanation.Wanted;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Over many random policies: what is explained is what is decided. */
class ExplanationTest {
  private static final int POLICIES = 3_000;
  private static final Set<String> ISSUERS = Set.of("main", "other");

  @Test
  void anExplanationNeverDisagreesWithTheDecision() {
    int misses = 0;
    int rivals = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy world = new RandomPolicy(seed);
      RouteTable routes = world.routes();
      List<Grant> grants = world.grants();
      Authorizer core = new Authorizer(routes, new Grants(grants, ISSUERS));
      for (int i = 0; i < 5; i++) {
        AccessRequest request = world.request();
        Caller caller = world.caller();
        Explanation explanation = core.explain(request, caller);
        String at = "seed " + seed + ", " + request + ", " + caller;
        assertThat(explanation.verdict()).as(at).hasSameClassAs(core.authorize(request, caller));
        assertThat(found(explanation)).as(at).isSameAs(routes.find("", request.segments()));
        rivals += explanation.rivals().size();
        if (explanation.found() != null) {
          agrees(at, explanation.verdict(), explanation.found(), caller);
          misses += accountsFor(at, request, grants, caller, explanation.found());
        }
      }
    }
    assertThat(misses).as("the generator must reach misses").isGreaterThan(POLICIES);
    assertThat(rivals).as("and routes that lose").isGreaterThan(POLICIES);
  }

  private static @Nullable Route found(Explanation explanation) {
    return explanation.found() == null ? null : explanation.found().route();
  }

  private static List<Asked> asked(Found found) {
    List<Asked> asked = new ArrayList<>(found.knowing());
    if (found.asked() != null) {
      asked.add(found.asked());
    }
    return asked;
  }

  private static void agrees(String at, Verdict verdict, Found found, Caller caller) {
    boolean forwarded = verdict instanceof Verdict.Settled(Decision.Forward ignored);
    boolean stepsUp =
        verdict instanceof Verdict.Settled(Decision.InsufficientAuthentication ignored);
    boolean met = found.asked() != null && found.asked().met();
    assertThat(met && found.lacks() == null).as(at).isEqualTo(forwarded);
    if (caller instanceof Caller.Authenticated) {
      assertThat(met && found.lacks() != null).as(at).isEqualTo(stepsUp);
    }
    if (!forwarded && !stepsUp && caller instanceof Caller.Authenticated) {
      boolean tells =
          verdict instanceof Verdict.AskExistence
              || verdict instanceof Verdict.Settled(Decision.Forbidden ignored)
              || verdict instanceof Verdict.Settled(Decision.MethodNotAllowed other);
      assertThat(found.mayKnow()).as(at).isEqualTo(tells);
    }
  }

  /** Every grant of a permission that is not held fails in some respect. */
  private static int accountsFor(
      String at, AccessRequest request, List<Grant> grants, Caller caller, Found found) {
    Target target = new Target(found.route(), found.captures(), found.resource(), request);
    int misses = 0;
    for (Asked asked : asked(found)) {
      String method = asked.method().isEmpty() ? request.method() : asked.method();
      for (Wanted wanted : asked.permissions()) {
        boolean holds = NaiveEvaluator.holds(grants, caller, target, wanted.permission(), method);
        assertThat(wanted.by() != null).as(at).isEqualTo(holds);
        for (Miss miss : wanted.misses()) {
          assertThat(miss.failures()).as("%s, %s", at, miss).isPositive();
          misses++;
        }
      }
    }
    return misses;
  }

  private static AccessRequest get(String path) {
    return new AccessRequest(
        "GET", "", segments(path), InetAddress.getLoopbackAddress(), Instant.EPOCH);
  }

  @Test
  void saysWhereAPatternPartsFromTheResource() {
    assertThat(parting("/a/b", "/a/c")).isEqualTo(1);
    assertThat(parting("/a/**", "/b/c")).isZero();
    assertThat(parting("/a", "/a/b")).isEqualTo(1);
    assertThat(parting("/a/b/c", "/a/b")).isEqualTo(2);
    assertThat(parting("/a/b/**", "/a/c/d")).isEqualTo(1);
  }

  private static int parting(String pattern, String resource) {
    List<ResourcePattern.Part> parts = new ArrayList<>();
    for (String segment : segments(pattern)) {
      parts.add(
          segment.equals("**")
              ? ResourcePattern.Part.Below.BELOW
              : new ResourcePattern.Part.Literal(segment));
    }
    Grant grant =
        new Grant(
            "grants.yaml:1",
            Grant.To.Anyone.ANYONE,
            null,
            new Grant.Gives.Permissions(new PermissionSet(List.of("d:read"))),
            List.of(new ResourcePattern(pattern, null, parts)),
            null);
    RouteTable routes = new RouteTable(List.of(routeTo(resource)));
    Explanation explanation =
        new Authorizer(routes, new Grants(List.of(grant), ISSUERS))
            .explain(get(resource), Caller.Anonymous.ANONYMOUS);
    Found found = Objects.requireNonNull(explanation.found());
    Miss miss = asked(found).getLast().permissions().getLast().misses().getFirst();
    assertThat(miss.failures()).isEqualTo(1);
    return miss.elsewhere().getFirst().segment();
  }

  private static Route routeTo(String path) {
    List<PathTemplate.Segment> segments = new ArrayList<>();
    segments(path).forEach(segment -> segments.add(new PathTemplate.Segment.Literal(segment)));
    PathTemplate template = new PathTemplate(path, segments);
    return new Route(
        "routes.yaml:1",
        path,
        null,
        template,
        template,
        Map.of("GET", new Requirement.AllOf(List.of("d:read"))),
        null,
        KnownTo.WhoMayCall.WHO_MAY_CALL,
        StepUp.NONE,
        OnUnknown.CONCEAL,
        null,
        false,
        new Route.Forwarding("api", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  @Test
  void saysWhyOtherRoutesLose() {
    RouteTable routes = new RouteTable(List.of(routeTo("/a/b"), routeTo("/a/c")));
    Explanation explanation =
        new Authorizer(routes, new Grants(List.of(), ISSUERS))
            .explain(get("/a/x"), Caller.Anonymous.ANONYMOUS);
    assertThat(explanation.found()).isNull();
    assertThat(explanation.rivals())
        .extracting(Explanation.Rival::why)
        .containsExactly(new Why.OtherPath(1), new Why.OtherPath(1));
  }
}

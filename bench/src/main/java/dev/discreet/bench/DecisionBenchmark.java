package dev.discreet.bench;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Claims;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grants;
import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.OnUnknown;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PermissionSet;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.Route;
import dev.discreet.policy.RouteTable;
import dev.discreet.policy.Shield;
import dev.discreet.policy.StepUp;
import dev.discreet.policy.Verdict;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision, by a small policy and by one of 10,000 routes and 100,000 grants, of which the
 * caller has a thousand. Sampled, since a median bears a machine that does other things too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecisionBenchmark {
  private static final int OWN = 1_000;

  /** Ten routes and ten grants, or the large policy. */
  @Param({"small", "large"})
  private String policy = "";

  private Authorizer core =
      new Authorizer(new RouteTable(List.of()), new Grants(List.of(), Set.of()));
  private final List<AccessRequest> requests = new ArrayList<>();
  private final Caller caller =
      new Caller.Authenticated(
          "main",
          "caller",
          Set.of(),
          Set.of("staff"),
          new Claims(Map.of(), Map.of()),
          AuthenticationEvent.UNKNOWN);
  private int next;

  /** Builds the policy, and requests that are decided by its first to its last grant. */
  @Setup
  public void prepare() {
    boolean small = policy.equals("small");
    int routes = small ? 10 : 10_000;
    int grants = small ? 10 : 100_000;
    List<Route> all = new ArrayList<>();
    for (int i = 0; i < routes; i++) {
      all.add(route(i));
    }
    List<Grant> given = new ArrayList<>();
    for (int i = 0; i < grants; i++) {
      given.add(grant(i, routes));
    }
    core = new Authorizer(new RouteTable(all), new Grants(given, Set.of("main")));
    for (int i = 0; i < OWN; i++) {
      int route = i % Math.min(routes, OWN);
      requests.add(
          new AccessRequest(
              "GET",
              "",
              List.of("accounts", "a" + route, "s" + route, "items", "42"),
              InetAddress.getLoopbackAddress(),
              Instant.EPOCH));
    }
  }

  private static Route route(int i) {
    PathTemplate path =
        new PathTemplate(
            "/accounts/{account}/s" + i + "/items/{item}",
            List.of(
                new PathTemplate.Segment.Literal("accounts"),
                new PathTemplate.Segment.Variable("account"),
                new PathTemplate.Segment.Literal("s" + i),
                new PathTemplate.Segment.Literal("items"),
                new PathTemplate.Segment.Variable("item")));
    return new Route(
        "routes.yaml:" + i,
        path.text(),
        null,
        path,
        path,
        Map.of("GET", new Requirement.AllOf(List.of("items:read"))),
        null,
        KnownTo.WhoMayCall.WHO_MAY_CALL,
        StepUp.NONE,
        OnUnknown.CONCEAL,
        null,
        false,
        new Route.Forwarding("api", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
  }

  private static Grant grant(int i, int routes) {
    List<ResourcePattern.Part> parts =
        List.of(
            new ResourcePattern.Part.Literal("accounts"),
            new ResourcePattern.Part.Literal("a" + i % OWN),
            new ResourcePattern.Part.Literal("s" + i % routes),
            ResourcePattern.Part.Below.BELOW);
    return new Grant(
        "grants.yaml:" + i,
        new Grant.To.Subjects(Set.of(i < OWN ? "caller" : "user-" + i)),
        null,
        new Grant.Gives.Permissions(new PermissionSet(List.of("items:read", "items:write"))),
        List.of(new ResourcePattern("", null, parts)),
        null);
  }

  /** {@return the verdict on the next request; each is permitted} */
  @Benchmark
  public Verdict decide() {
    next = next + 1 == requests.size() ? 0 : next + 1;
    return core.authorize(requests.get(next), caller);
  }
}

package dev.discreet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Over many random policies: a route that observes decides as one that enforces, and lets pass. */
class ObservedVerdictTest {
  private static final int POLICIES = 5_000;
  private static final int REQUESTS = 10;

  @Test
  void whatWouldBeRefusedIsToldAndPasses() {
    int observed = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy world = new RandomPolicy(seed);
      RouteTable routes = world.routes();
      Grants grants = new Grants(world.grants(), Set.of("main", "other"));
      Authorizer enforcing = new Authorizer(routes, grants);
      Authorizer observing = new Authorizer(observing(routes), grants);
      for (int i = 0; i < REQUESTS; i++) {
        AccessRequest request = world.request();
        Caller caller = world.caller();
        Verdict verdict = enforcing.authorize(request, caller);
        boolean found = routes.find("", request.segments()) != null;
        assertThat(enforcing.observed(request)).isNull();
        assertThat(observing.observed(request) != null).isEqualTo(found);
        if (observing.authorize(request, caller) instanceof Verdict.Observed(var permit, var to)) {
          observed++;
          assertThat(rows(to)).as("seed %d, %s", seed, request).isEqualTo(rows(verdict));
          assertThat(rows(to)).contains(permit.row());
        } else {
          assertThat(!found || permits(verdict)).as("seed %d, %s", seed, request).isTrue();
        }
      }
    }
    assertThat(observed).isGreaterThan(POLICIES);
  }

  private static boolean permits(Verdict verdict) {
    return verdict instanceof Verdict.Settled(Decision.Forward _);
  }

  /** The rows that a verdict can come to; those of permits, which never are refusals, are none. */
  private static List<Row> rows(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Settled(Decision.Forward _) -> List.of();
      case Verdict.Settled(Decision refusal) -> List.of(refusal.row());
      case Verdict.AskExistence question ->
          List.of(
              question.resolve(Existence.PRESENT).row(),
              question.resolve(Existence.ABSENT).row(),
              question.resolve(Existence.UNKNOWN).row());
      case Verdict.Observed _ -> throw new AssertionError("observed twice");
    };
  }

  private static RouteTable observing(RouteTable routes) {
    return new RouteTable(routes.routes().stream().map(ObservedVerdictTest::observing).toList());
  }

  private static Route observing(Route route) {
    return new Route(
        route.place(),
        route.name(),
        route.host(),
        route.path(),
        route.resource(),
        route.methods(),
        route.emptyList(),
        route.knownTo(),
        route.stepUp(),
        route.onUnknown(),
        route.requestAccess(),
        true,
        route.forwarding());
  }
}

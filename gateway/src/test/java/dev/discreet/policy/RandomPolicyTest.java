package dev.discreet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Over many random policies: the indexed core is the plain reading, and strangers learn nothing.
 */
class RandomPolicyTest {
  private static final int POLICIES = 10_000;
  private static final int REQUESTS = 10;
  private static final Set<String> ISSUERS = Set.of("main", "other");

  @Test
  void theIndexedCoreFindsWhatAPlainReadingFinds() {
    int permitted = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy world = new RandomPolicy(seed);
      RouteTable routes = world.routes();
      List<Grant> grants = world.grants();
      Grants indexed = new Grants(grants, ISSUERS);
      for (int i = 0; i < REQUESTS; i++) {
        AccessRequest request = world.request();
        Caller caller = world.caller();
        Route route = routes.find("", request.segments());
        assertThat(route)
            .as("seed %d, %s", seed, request)
            .isSameAs(NaiveEvaluator.route(routes.routes(), request.segments()));
        if (route == null) {
          continue;
        }
        Target target = Target.of(route, request);
        Rights rights = indexed.of(caller, target, ConditionFailures.IGNORED);
        for (String permission : RandomPolicy.PERMISSIONS) {
          boolean holds = rights.holds(permission, request.method());
          permitted += holds ? 1 : 0;
          assertThat(holds)
              .as("seed %d, %s, %s, %s", seed, request, caller, permission)
              .isEqualTo(
                  NaiveEvaluator.holds(grants, caller, target, permission, request.method()));
        }
      }
    }
    assertThat(permitted).as("the generator must reach rights at all").isGreaterThan(POLICIES);
  }

  @Test
  void sharingWithOthersChangesNothingForWhoMayNotKnow() {
    int strangers = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy world = new RandomPolicy(seed);
      RouteTable routes = world.routes();
      List<Grant> grants = world.grants();
      List<Grant> shared = new ArrayList<>(grants);
      for (int i = 0; i < 5; i++) {
        shared.add(world.grant("shared:" + i, new Grant.To.Subjects(Set.of("somebody-else"))));
      }
      Authorizer before = new Authorizer(routes, new Grants(grants, ISSUERS));
      Authorizer after = new Authorizer(routes, new Grants(shared, ISSUERS));
      for (int i = 0; i < REQUESTS; i++) {
        AccessRequest request = world.request();
        Caller caller = world.caller();
        Verdict verdict = before.authorize(request, caller);
        Verdict shareVerdict = after.authorize(request, caller);
        if (verdict instanceof Verdict.Settled settled
            && !(settled.decision() instanceof Decision.Forward)) {
          strangers++;
          assertThat(shareVerdict).as("seed %d, %s, %s", seed, request, caller).isEqualTo(verdict);
        } else {
          assertThat(shareVerdict).hasSameClassAs(verdict);
        }
      }
    }
    assertThat(strangers).isGreaterThan(POLICIES);
  }

  @Test
  void onlyWhoMayKnowLeadsToAProbe() {
    int probes = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy world = new RandomPolicy(seed);
      RouteTable routes = world.routes();
      List<Grant> grants = world.grants();
      Authorizer core = new Authorizer(routes, new Grants(grants, ISSUERS));
      for (int i = 0; i < REQUESTS; i++) {
        AccessRequest request = world.request();
        Caller caller = world.caller();
        if (core.authorize(request, caller) instanceof Verdict.AskExistence ask) {
          probes++;
          Target target = Target.of(ask.route(), request);
          assertThat(caller).isInstanceOf(Caller.Authenticated.class);
          assertThat(ask.route().collection()).isFalse();
          assertThat(NaiveEvaluator.mayKnow(ask.route(), grants, caller, target))
              .as("seed %d, %s, %s", seed, request, caller)
              .isTrue();
        }
      }
    }
    assertThat(probes).isGreaterThan(POLICIES / 10);
  }
}

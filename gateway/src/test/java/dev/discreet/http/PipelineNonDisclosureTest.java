package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.http.PolicyWorld.Seen;
import dev.discreet.http.PolicyWorlds.Known;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Grant;
import dev.discreet.policy.NaiveEvaluator;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.policy.RouteTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Over random policies and requests, through the real pipeline: for a caller who may not know,
 * creating, deleting or sharing a resource with others changes no octet of any answer but the date
 * and the request id, nor what becomes of the connection, and never causes an upstream request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineNonDisclosureTest {
  private static final int POLICIES = 200;
  private static final int REQUESTS = 12;

  private final PolicyWorlds common = new PolicyWorlds(POLICIES);
  private int strangers;
  private int reached;
  private int differing;

  PipelineNonDisclosureTest() throws IOException {}

  @AfterAll
  void stop() {
    common.close();
  }

  @Test
  void whoMayNotKnowSeesNoDifferenceAndCausesNoUpstreamRequest() {
    for (int seed = 0; seed < POLICIES; seed++) {
      compareWorlds(seed);
    }
    assertThat(strangers).as("requests of callers who may not know").isGreaterThan(POLICIES);
    assertThat(reached).as("requests that reached the upstream").isGreaterThan(POLICIES);
    assertThat(differing).as("answers that tell who may know").isGreaterThan(POLICIES / 4);
  }

  /** The same caller in three worlds: as it is, changed behind his back, and without upstream. */
  private void compareWorlds(long seed) {
    RandomPolicy random = new RandomPolicy(seed);
    RouteTable routes = random.routes();
    List<Grant> grants = random.grants();
    Known known = random.pick(common.callers());
    Caller caller = known.caller();
    try (PolicyWorld plain = common.world(routes, grants);
        PolicyWorld changed = common.world(routes, shared(random, grants, caller));
        PolicyWorld broken = common.world(routes, grants)) {
      plain.api().existing(paths(random));
      changed.api().existing(paths(random));
      broken.api().down(true);
      for (int i = 0; i < REQUESTS; i++) {
        RandomRequest request = RandomRequest.from(random);
        List<PolicyWorld> worlds = List.of(plain, changed, broken);
        if (random.chance(50)) {
          askBefore(worlds, request.plainly(), random.pick(common.callers()));
        }
        List<Seen> seen = new ArrayList<>();
        boolean stranger =
            NaiveEvaluator.mayNotKnow(routes.routes(), grants, caller, request.asked());
        for (PolicyWorld world : worlds) {
          int before = world.api().opened() + world.api().seen().size();
          seen.add(world.send("caller", request, known.credential()));
          boolean asked = world.api().opened() + world.api().seen().size() > before;
          reached += asked ? 1 : 0;
          assertThat(asked && stranger)
              .as("asked: seed %d, %s, %s", seed, request, caller)
              .isFalse();
        }
        judge(stranger, seen, "seed " + seed + ", " + request + ", " + caller);
      }
    }
  }

  private void judge(boolean stranger, List<Seen> seen, String told) {
    if (!stranger) {
      differing += seen.get(0).status().equals(seen.get(1).status()) ? 0 : 1;
      return;
    }
    strangers++;
    Set<String> shapes = new HashSet<>();
    for (Seen one : seen) {
      shapes.add(one.answer().shape() + "\nopen: " + one.open() + ", unread: " + one.unread());
    }
    assertThat(shapes).as(told).hasSize(1);
  }

  /** Somebody else asks for the same first, and may leave behind what the gateway remembers. */
  private void askBefore(List<PolicyWorld> worlds, RandomRequest request, Known somebody) {
    for (PolicyWorld world : worlds) {
      world.send("somebody", request, somebody.credential());
    }
  }

  /** {@return the grants, and many more to anybody but {@code caller}} */
  private static List<Grant> shared(RandomPolicy random, List<Grant> grants, Caller caller) {
    List<Grant> shared = new ArrayList<>(grants);
    for (int i = 0; i < 12; i++) {
      Grant grant = random.grant("shared.yaml:" + i, random.to());
      if (!NaiveEvaluator.concerns(grant, caller)) {
        shared.add(random.chance(50) ? 0 : shared.size(), grant);
      }
    }
    return shared;
  }

  private static Set<String> paths(RandomPolicy random) {
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      paths.add("/" + String.join("/", random.path()));
    }
    return paths;
  }
}

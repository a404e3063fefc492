package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.http.PolicyWorld.Seen;
import dev.discreet.http.PolicyWorlds.Known;
import dev.discreet.policy.Grant;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.policy.RouteTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Oracle 43: creating, deleting, renaming and sharing what is hidden changes no octet of any answer
 * to an outsider, over thousands of random policies. How many, and which: {@code
 * -Dmetamorphic.policies=20000 -Dmetamorphic.seed=2}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetamorphicTest {
  private static final int POLICIES = Integer.getInteger("metamorphic.policies", 2_000);
  private static final long SEED = Long.getLong("metamorphic.seed", 1);
  private static final int REQUESTS = 3;

  /** How many broken policies are looked at until one shows. */
  private static final int BROKEN = 50;

  /** What else than the truth the upstream says of what is hidden. */
  private static final List<String> ANSWERS =
      Stream.of("200 OK", "403 Forbidden", "404 No", "410 Gone", "500 Error", "301 Moved")
          .map(
              status ->
                  "HTTP/1.1 %s\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n".formatted(status)
                      + "etag: \"1\"\r\nlocation: /z\r\ncontent-length: 0\r\n\r\n")
          .toList();

  private final PolicyWorlds common = new PolicyWorlds(SEED);
  private int forwarded;
  private int refused;

  MetamorphicTest() throws IOException {}

  @AfterAll
  void stop() {
    common.close();
  }

  /** What breaks the construction, so that a difference must show. */
  private enum Broken {
    NOT,
    KNOWN_TO_ALL,
    SHARED_WITH_HIM
  }

  @Test
  void noChangeOfWhatIsHiddenChangesAnyAnswer() {
    for (int i = 0; i < POLICIES; i++) {
      assertThat(differences(seed(i), Broken.NOT))
          .as("policy %d of -Dmetamorphic.seed=%d", i, SEED)
          .isEmpty();
    }
    assertThat(refused).as("requests that were refused").isGreaterThan(POLICIES);
    assertThat(forwarded).as("requests that were forwarded").isGreaterThan(POLICIES / 20);
  }

  @Test
  void wouldSeeThatWhatIsHiddenIsKnownToAll() {
    assertThat(differing(Broken.KNOWN_TO_ALL)).isPositive();
  }

  @Test
  void wouldSeeThatItIsSharedWithTheOutsiderToo() {
    assertThat(differing(Broken.SHARED_WITH_HIM)).isPositive();
  }

  private long differing(Broken broken) {
    long differing = 0;
    for (int i = 0; i < BROKEN; i++) {
      differing += differences(seed(i), broken).isEmpty() ? 0 : 1;
    }
    return differing;
  }

  private static long seed(int policy) {
    return SEED * 1_000_003 + policy;
  }

  /** {@return the requests that were answered in more than one way} */
  private List<String> differences(long seed, Broken broken) {
    RandomPolicy random = new RandomPolicy(seed);
    HiddenRegion region = new HiddenRegion(random);
    RouteTable routes = region.routes(broken == Broken.KNOWN_TO_ALL);
    Known outsider = random.pick(common.callers());
    List<Grant> grants = region.grantsElsewhere();
    List<Grant> changed = new ArrayList<>(grants);
    others(random, region, outsider, grants);
    others(random, region, outsider, changed);
    if (broken == Broken.SHARED_WITH_HIM) {
      changed.add(region.toEverybody());
    }
    List<String> differences = new ArrayList<>();
    try (PolicyWorld before = common.world(routes, grants);
        PolicyWorld after = common.world(routes, changed)) {
      before.api().existing(region.paths());
      fill(after, random, region);
      for (int i = 0; i < REQUESTS; i++) {
        RandomRequest request = random.chance(75) ? region.request() : RandomRequest.from(random);
        Set<String> shapes = new HashSet<>();
        shapes.add(shape(before, request, outsider));
        shapes.add(shape(after, request, outsider));
        before.api().existing(region.paths());
        shapes.add(shape(before, request, outsider));
        if (shapes.size() > 1) {
          differences.add(request + ", " + outsider.caller() + ": " + String.join("\n", shapes));
        }
      }
    }
    return differences;
  }

  /** Puts grants to others among them, in any place. */
  private static void others(
      RandomPolicy random, HiddenRegion region, Known outsider, List<Grant> grants) {
    while (random.chance(80)) {
      int place = random.pick(List.of(0, grants.size() / 2, grants.size()));
      grants.add(place, region.toOthers(outsider.caller()));
    }
  }

  /** Others ask first for what is hidden, of which the upstream says this or that. */
  private void fill(PolicyWorld world, RandomPolicy random, HiddenRegion region) {
    world.api().existing(region.paths());
    if (random.chance(50)) {
      String answer = random.pick(ANSWERS);
      world
          .api()
          .answering(
              request ->
                  HiddenRegion.has(request.target()) ? answer : world.api().truthfully(request));
    }
    while (random.chance(60)) {
      world.send("others", region.request().plainly(), random.pick(common.callers()).credential());
    }
  }

  private String shape(PolicyWorld world, RandomRequest request, Known outsider) {
    int before = world.api().seen().size();
    Seen seen = world.send("outsider", request, outsider.credential());
    if (world.api().seen().size() > before) {
      forwarded++;
    } else {
      refused++;
    }
    String answer = seen.octets().isEmpty() ? "none" : seen.answer().shape();
    return answer + "\nopen: " + seen.open() + ", unread: " + seen.unread();
  }
}

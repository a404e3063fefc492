package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GatewayConfig;
import dev.discreet.http.PolicyWorld.Seen;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant;
import dev.discreet.policy.NaiveEvaluator;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.policy.RouteTable;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.OtherPolicy;
import dev.discreet.testing.TokenSigner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final int CALLERS = 64;

  private final Map<String, TokenSigner> signers =
      Map.of(
          "main", new TokenSigner("https://id.test/main", "k1"),
          "other", new TokenSigner("https://id.test/other", "k2"));
  private final List<Known> callers = new ArrayList<>();
  private final ConfigFiles files = new ConfigFiles();
  private final GatewayConfig base;
  private final Telemetry telemetry;
  private final EmbeddedIdentity identity;

  /** A caller, and the field with which a request says so. */
  private record Known(Caller caller, String credential) {}

  private int strangers;
  private int reached;
  private int differing;

  PipelineNonDisclosureTest() throws IOException {
    Path folder = files.write(Map.of());
    files.write(
        Map.of(
            "main.json", signer("main").jwks(),
            "other.json", signer("other").jwks(),
            "gateway.yaml", gateway(folder)));
    base = files.load();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    telemetry = Telemetry.create(base.log(), nowhere);
    identity = new EmbeddedIdentity(base, telemetry);
    RandomPolicy random = new RandomPolicy(POLICIES);
    for (int i = 0; i < CALLERS; i++) {
      Caller caller = random.caller();
      callers.add(new Known(caller, credential(caller)));
    }
  }

  private static String gateway(Path folder) {
    return """
        listen: 127.0.0.1:0
        issuers:
          main: {issuer: "https://id.test/main", audiences: [tests], jwks: {file: %1$s/main.json}}
          other: {issuer: "https://id.test/other", audiences: [tests], jwks: {file: %1$s/other.json}}
        upstreams: {api: {url: "http://api.test:80"}}
        log: {requests: false}
        """
        .formatted(folder);
  }

  @AfterAll
  void stop() {
    identity.close();
    telemetry.close();
    files.close();
  }

  private TokenSigner signer(String issuer) {
    return signers.getOrDefault(issuer, signers.values().iterator().next());
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
    Known known = random.pick(callers);
    Caller caller = known.caller();
    try (PolicyWorld plain = world(routes, grants);
        PolicyWorld changed = world(routes, shared(random, grants, caller));
        PolicyWorld broken = world(routes, grants)) {
      plain.api().existing(paths(random));
      changed.api().existing(paths(random));
      broken.api().down(true);
      for (int i = 0; i < REQUESTS; i++) {
        RandomRequest request = RandomRequest.from(random);
        List<PolicyWorld> worlds = List.of(plain, changed, broken);
        if (random.chance(50)) {
          askBefore(worlds, request.plainly(), random.pick(callers));
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

  private PolicyWorld world(RouteTable routes, List<Grant> grants) {
    return new PolicyWorld(OtherPolicy.of(base, routes, grants), telemetry, identity.verifier());
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

  private String credential(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous nobody -> "";
      case Caller.Authenticated known -> bearer(known);
    };
  }

  private String bearer(Caller.Authenticated caller) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("scope", String.join(" ", caller.permissions()));
    claims.put("groups", List.copyOf(caller.groups()));
    for (String name : List.of("account", "level")) {
      Object value = caller.claims().at(ClaimPath.parse(name));
      if (value != null) {
        claims.put(name, value);
      }
    }
    String acr = caller.authentication().acr();
    if (acr != null) {
      claims.put("acr", acr);
    }
    Instant time = caller.authentication().time();
    if (time != null) {
      claims.put("auth_time", time.getEpochSecond());
    }
    return "Authorization: Bearer "
        + signer(caller.issuer()).token(caller.subject(), claims)
        + "\r\n";
  }
}

package dev.discreet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern.Part;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What conditions do to the decision, row by row. */
class ConditionalRightsTest {
  private static final Condition NEVER = in -> Outcome.DOES_NOT_HOLD;
  private final List<String> judged = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  private Condition onlyFor(String method) {
    return in -> {
      judged.add(in.request().method());
      return in.request().method().equals(method) ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
    };
  }

  private static Grant grant(Grant.To to, Grant.Gives gives, @Nullable Condition when) {
    ResourcePattern pattern =
        new ResourcePattern("/d/{id}", null, List.of(new Part.Literal("d"), new Part.Named("id")));
    return new Grant("grants.yaml:2", to, null, gives, List.of(pattern), when);
  }

  private static Grant alice(String permission, @Nullable Condition when) {
    return grant(
        new Grant.To.Subjects(Set.of("alice")),
        new Grant.Gives.Permissions(new PermissionSet(List.of(permission))),
        when);
  }

  private Decision decide(String method, String subject, Grant... grants) {
    PathTemplate path =
        new PathTemplate("/d/{id}", List.of(new Segment.Literal("d"), new Segment.Variable("id")));
    Map<String, Requirement> methods = new LinkedHashMap<>();
    methods.put("GET", new Requirement.AllOf(List.of("read")));
    methods.put("DELETE", new Requirement.AllOf(List.of("delete")));
    Route route =
        new Route(
            "d",
            "routes.yaml:2",
            null,
            path,
            path,
            methods,
            null,
            KnownTo.WhoMayCall.WHO_MAY_CALL,
            OnUnknown.CONCEAL,
            null,
            false,
            new Route.Forwarding("api", 0, 0, null));
    Authorizer core =
        new Authorizer(
            new RouteTable(List.of(route)),
            new Grants(List.of(grants), Set.of("main")),
            (place, outcome) -> failed.add(place + " " + outcome));
    AccessRequest request =
        new AccessRequest(
            method, "", List.of("d", "1"), InetAddress.getLoopbackAddress(), Instant.EPOCH);
    Caller caller =
        new Caller.Authenticated(
            "main", subject, Set.of("read"), Set.of(), new Claims(Map.of(), Map.of()));
    return switch (core.authorize(request, caller)) {
      case Verdict.Settled settled -> settled.decision();
      case Verdict.AskExistence question -> question.resolve(Existence.PRESENT);
      case Verdict.Observed observed -> throw new AssertionError(observed);
    };
  }

  @Test
  void aConditionThatHoldsPermitsAndOneThatDoesNotHides() {
    assertThat(decide("GET", "alice", alice("read", onlyFor("GET"))).row())
        .isEqualTo(Row.PERMITTED);
    assertThat(decide("GET", "alice", alice("read", NEVER)).row()).isEqualTo(Row.HIDDEN);
    assertThat(failed).isEmpty();
  }

  @Test
  void whoMayKnowIsJudgedByEachMethodAsIfItWereCalled() {
    assertThat(decide("DELETE", "alice", alice("read", onlyFor("GET"))).row())
        .isEqualTo(Row.LACKING);
    assertThat(decide("DELETE", "alice", alice("read", onlyFor("DELETE"))).row())
        .isEqualTo(Row.HIDDEN);
    assertThat(decide("PATCH", "alice", alice("read", onlyFor("GET"))).row())
        .isEqualTo(Row.METHOD_NOT_NAMED);
  }

  @Test
  void whoMayOnlyAskByHeadMayKnowToo() {
    Grant head = alice("read", onlyFor("HEAD"));
    assertThat(decide("HEAD", "alice", head).row()).isEqualTo(Row.PERMITTED);
    assertThat(decide("GET", "alice", head).row()).isEqualTo(Row.LACKING);
  }

  @Test
  void nothingIsEvaluatedThatIsNotTheCallersOrWouldNotGiveWhatIsAsked() {
    decide("GET", "bob", alice("read", onlyFor("GET")));
    decide("GET", "alice", alice("other", onlyFor("GET")));
    assertThat(judged).isEmpty();
  }

  @Test
  void aConditionIsEvaluatedOnceForEachMethod() {
    decide("DELETE", "alice", alice("*", onlyFor("PUT")));
    assertThat(judged).containsExactlyInAnyOrder("DELETE", "GET", "HEAD");
  }

  @Test
  void oneThatFailsIsFalseAndTold() {
    Grant failing = alice("read", in -> Outcome.MISSING);
    assertThat(decide("GET", "alice", failing).row()).isEqualTo(Row.HIDDEN);
    assertThat(failed).contains("grants.yaml:2 MISSING").hasSizeLessThanOrEqualTo(2);
    assertThat(decide("GET", "alice", failing, alice("read", null)).row()).isEqualTo(Row.PERMITTED);
  }

  @Test
  void anotherTokenCouldHelpOnlyWhereTheConditionHolds() {
    Grant.To all = Grant.To.AnyAuthenticated.ANY_AUTHENTICATED;
    Grant.Gives token = Grant.Gives.TokenPermissions.TOKEN_PERMISSIONS;
    Grant read = alice("read", null);
    assertThat(decide("DELETE", "alice", read, grant(all, token, onlyFor("DELETE"))))
        .isInstanceOfSatisfying(
            Decision.Forbidden.class, f -> assertThat(f.tokenCouldHelp()).isTrue());
    assertThat(decide("DELETE", "alice", read, grant(all, token, NEVER)))
        .isInstanceOfSatisfying(
            Decision.Forbidden.class, f -> assertThat(f.tokenCouldHelp()).isFalse());
  }

  @Test
  void aConditionSeesTheCapturesOfRouteAndPattern() {
    List<Map<String, String>> seen = new ArrayList<>();
    decide(
        "GET",
        "alice",
        alice(
            "read",
            in -> {
              seen.add(in.path());
              return Outcome.HOLDS;
            }));
    assertThat(seen).containsExactly(Map.of("id", "1"));
  }
}

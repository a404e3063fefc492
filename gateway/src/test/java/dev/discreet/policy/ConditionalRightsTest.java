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
  private static final ResourcePattern PATTERN =
      new ResourcePattern("/d/{id}", null, List.of(new Part.Literal("d"), new Part.Named("id")));
  private final List<String> judged = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  private Condition onlyFor(String method) {
    return in -> {
      judged.add(in.request().method());
      return in.request().method().equals(method) ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
    };
  }

  private static Condition spending(int steps, Outcome outcome) {
    return in -> {
      in.steps().spend(steps);
      return outcome;
    };
  }

  private static Grant grant(Grant.To to, Grant.Gives gives, @Nullable Condition when) {
    return new Grant("grants.yaml:2", to, null, gives, List.of(PATTERN), when);
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
            StepUp.NONE,
            OnUnknown.CONCEAL,
            null,
            false,
            new Route.Forwarding("api", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
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
            "main",
            subject,
            Set.of("read"),
            Set.of("a", "b"),
            new Claims(Map.of(), Map.of()),
            AuthenticationEvent.UNKNOWN);
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
  void oneThatDoesNotReadTheMethodIsEvaluatedOnce() {
    Condition counted = onlyFor("PUT");
    decide(
        "DELETE",
        "alice",
        alice(
            "*",
            new Condition() {
              @Override
              public Outcome in(Circumstances circumstances) {
                return counted.in(circumstances);
              }

              @Override
              public boolean readsMethod() {
                return false;
              }
            }));
    assertThat(judged).containsExactly("DELETE");
  }

  @Test
  void oneOfAGrantToSeveralOfTheCallersGroupsByPatternsThatOverlapIsEvaluatedOnce() {
    Grant.To groups = new Grant.To.Groups(Set.of("a", "b"));
    Grant.Gives read = new Grant.Gives.Permissions(new PermissionSet(List.of("read")));
    ResourcePattern below =
        new ResourcePattern("/d/**", null, List.of(new Part.Literal("d"), Part.Below.BELOW));
    decide(
        "GET",
        "alice",
        new Grant("g:1", groups, null, read, List.of(PATTERN, below), onlyFor("PUT")));
    assertThat(judged).containsExactlyInAnyOrder("GET", "HEAD");
  }

  @Test
  void onceTheBudgetIsSpentEveryFurtherConditionIsTooCostlyAndTold() {
    Condition all = spending(Integer.MAX_VALUE, Outcome.DOES_NOT_HOLD);
    assertThat(decide("GET", "alice", alice("read", all), alice("read", onlyFor("GET"))).row())
        .isEqualTo(Row.HIDDEN);
    assertThat(judged).isEmpty();
    assertThat(failed).containsOnly("grants.yaml:2 TOO_COSTLY").isNotEmpty();
  }

  @Test
  void whatNeedsNoConditionIsGivenWhateverConditionsCost() {
    Condition all = spending(Integer.MAX_VALUE, Outcome.DOES_NOT_HOLD);
    assertThat(decide("GET", "alice", alice("read", all), alice("read", null)).row())
        .isEqualTo(Row.PERMITTED);
    assertThat(failed).isEmpty();
  }

  @Test
  void conditionsAreEvaluatedInTheOrderOfTheConfigurationWhoeverTheyAreTo() {
    Grant.Gives read = new Grant.Gives.Permissions(new PermissionSet(List.of("read")));
    List<Integer> order = new ArrayList<>();
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int index = i;
      Grant.To to =
          switch (i % 4) {
            case 0 -> new Grant.To.Groups(Set.of(i % 8 == 0 ? "b" : "a"));
            case 1 -> new Grant.To.Subjects(Set.of("alice"));
            case 2 -> Grant.To.AnyAuthenticated.ANY_AUTHENTICATED;
            default -> Grant.To.Anyone.ANYONE;
          };
      grants.add(
          grant(
              to,
              read,
              in -> {
                order.add(index);
                return index == 11 ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
              }));
    }
    decide("GET", "alice", grants.toArray(Grant[]::new));
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
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

package dev.discreet.policy;

import dev.discreet.policy.Condition.Circumstances;
import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.Grant.Gives;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one caller holds on one resource: the grants that cover it, and what the token carries for
 * those that say {@code permissions: token}. A condition is evaluated only if its grant would give
 * what is asked, and never twice in the same circumstances; all of them share one budget. One
 * decision uses it, on one thread.
 */
final class Rights {
  private final Caller caller;
  private final Target target;
  private final List<GrantedPattern> covering;
  private final ConditionFailures failures;
  private final PlainClaims claims;
  private final StepBudget steps = new StepBudget();
  private @Nullable IdentityHashMap<Grant, Map<Asked, Boolean>> judged;

  /** What can differ between two evaluations of one grant's condition in one decision. */
  private record Asked(String method, Map<String, String> path) {}

  Rights(Caller caller, Target target, List<GrantedPattern> covering, ConditionFailures failures) {
    this.caller = caller;
    this.target = target;
    this.covering = covering;
    this.failures = failures;
    claims = new PlainClaims(caller);
  }

  /** {@return the grant that gives {@code permission} to call {@code method}, or null} */
  @Nullable Grant giving(String permission, String method) {
    for (GrantedPattern pattern : covering) {
      if (gives(pattern.grant().gives(), permission) && applies(pattern, method)) {
        return pattern.grant();
      }
    }
    return null;
  }

  private boolean gives(Gives gives, String permission) {
    return switch (gives) {
      case Gives.Permissions some -> some.permissions().covers(permission);
      case Gives.TokenPermissions token -> ofToken().contains(permission);
    };
  }

  boolean isEmpty() {
    return covering.isEmpty();
  }

  private Set<String> ofToken() {
    return caller instanceof Caller.Authenticated known ? known.permissions() : Set.of();
  }

  boolean holds(String permission, String method) {
    return giving(permission, method) != null;
  }

  /** {@return whether what is held can depend on the method that is called} */
  boolean conditional() {
    return covering.stream().anyMatch(pattern -> pattern.grant().when() != null);
  }

  /**
   * {@return whether a token that carries more could help to call {@code method}} A grant whose
   * condition does not hold would not help whatever the token carried.
   */
  boolean tokenCouldHelp(String method) {
    for (GrantedPattern pattern : covering) {
      if (pattern.grant().gives() instanceof Gives.TokenPermissions && applies(pattern, method)) {
        return true;
      }
    }
    return false;
  }

  private boolean applies(GrantedPattern pattern, String method) {
    Condition when = pattern.grant().when();
    if (when == null) {
      return true;
    }
    if (judged == null) {
      judged = new IdentityHashMap<>();
    }
    return judged
        .computeIfAbsent(pattern.grant(), grant -> new HashMap<>())
        .computeIfAbsent(
            new Asked(
                when.readsMethod() ? method : target.request().method(), pattern.captures(target)),
            asked -> judge(pattern.grant(), when, asked));
  }

  private boolean judge(Grant grant, Condition when, Asked asked) {
    Outcome outcome = steps.spent() ? Outcome.TOO_COSTLY : evaluate(when, asked);
    if (outcome.failed()) {
      failures.failed(grant.place(), outcome);
    }
    return outcome == Outcome.HOLDS;
  }

  private Outcome evaluate(Condition when, Asked asked) {
    AccessRequest request = target.request().calling(asked.method());
    return when.in(new Circumstances(request, caller, claims, asked.path(), steps));
  }
}

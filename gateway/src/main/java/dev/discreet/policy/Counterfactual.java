package dev.discreet.policy;

import dev.discreet.policy.Condition.Outcome;
import dev.discreet.policy.Explanation.Miss;
import dev.discreet.policy.Explanation.Parting;
import dev.discreet.policy.Grant.Gives;
import dev.discreet.policy.Grant.To;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a grant does not count: it is changed, one part at a time, into one that would fit anybody or
 * anything, and the lookup that decides is asked about each. So there is no second reading of
 * grants that could disagree with the first.
 */
final class Counterfactual {
  private final Caller caller;
  private final Target target;
  private final String method;
  private final Set<String> issuer;
  private final ResourcePattern everything;

  Counterfactual(Caller caller, Target target, String method) {
    this.caller = caller;
    this.target = target;
    this.method = method;
    issuer = caller instanceof Caller.Authenticated known ? Set.of(known.issuer()) : Set.of();
    String host = target.resource().host();
    everything =
        new ResourcePattern(
            "", host == null ? null : new HostPattern.Exact(host), List.of(Part.Below.BELOW));
  }

  /** {@return the grants that give {@code permission} elsewhere or to others, the nearest first} */
  List<Miss> misses(Grants grants, String permission) {
    return grants.all().stream()
        .filter(grant -> couldGive(grant, permission))
        .map(grant -> miss(grant, permission))
        .sorted(Comparator.comparingInt(Miss::failures))
        .toList();
  }

  private static boolean couldGive(Grant grant, String permission) {
    return switch (grant.gives()) {
      case Gives.Permissions some -> some.permissions().covers(permission);
      case Gives.TokenPermissions token -> true;
    };
  }

  private Miss miss(Grant grant, String permission) {
    boolean carried =
        !(grant.gives() instanceof Gives.TokenPermissions)
            || (caller instanceof Caller.Authenticated known
                && known.permissions().contains(permission));
    To anybody = issuer.isEmpty() ? To.Anyone.ANYONE : To.AnyAuthenticated.ANY_AUTHENTICATED;
    return new Miss(
        grant,
        counts(grant, grant.to(), null, everything),
        counts(grant, anybody, grant.issuers(), everything),
        carried,
        condition(grant),
        elsewhere(grant));
  }

  /** A condition is judged only where a pattern covers the resource: it reads the captures. */
  private @Nullable Outcome condition(Grant grant) {
    if (grant.when() == null || !elsewhere(grant).isEmpty()) {
      return null;
    }
    Gives all = new Gives.Permissions(new PermissionSet(List.of("*")));
    Grant changed =
        new Grant(grant.place(), To.Anyone.ANYONE, null, all, grant.resources(), grant.when());
    List<Outcome> failed = new ArrayList<>();
    Rights rights =
        new Grants(List.of(changed), issuer).of(caller, target, (place, why) -> failed.add(why));
    if (rights.holds("*", method)) {
      return Outcome.HOLDS;
    }
    return failed.isEmpty() ? Outcome.DOES_NOT_HOLD : failed.getFirst();
  }

  private List<Parting> elsewhere(Grant grant) {
    List<Parting> partings = new ArrayList<>();
    for (ResourcePattern pattern : grant.resources()) {
      if (covers(grant, pattern)) {
        return List.of();
      }
      partings.add(new Parting(pattern, parting(grant, pattern)));
    }
    return partings;
  }

  /** The longest beginning of the pattern that has the resource below it ends where they part. */
  private int parting(Grant grant, ResourcePattern pattern) {
    for (int length = pattern.segments().size(); length >= 0; length--) {
      List<Part> beginning = new ArrayList<>(pattern.segments().subList(0, length));
      beginning.remove(Part.Below.BELOW);
      beginning.add(Part.Below.BELOW);
      if (covers(grant, new ResourcePattern("", pattern.host(), beginning))) {
        return length;
      }
    }
    return -1;
  }

  private boolean covers(Grant grant, ResourcePattern pattern) {
    return counts(grant, To.Anyone.ANYONE, null, pattern);
  }

  private boolean counts(
      Grant grant, To to, @Nullable Set<String> issuers, ResourcePattern resources) {
    Grant changed = new Grant(grant.place(), to, issuers, grant.gives(), List.of(resources), null);
    return !new Grants(List.of(changed), issuer)
        .of(caller, target, ConditionFailures.IGNORED)
        .isEmpty();
  }
}

package dev.discreet.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A verdict and what led to it, step by step. For people who write policies: unlike a decision, it
 * looks at grants to others too, so it is never made while a caller waits.
 *
 * @param verdict what {@link Authorizer#authorize} says
 * @param found what follows from the route that decides, or null where none matches
 * @param rivals other routes that match as well and lost, or the nearest where none matches
 */
public record Explanation(Verdict verdict, @Nullable Found found, List<Rival> rivals) {
  public Explanation {
    rivals = List.copyOf(rivals);
  }

  /**
   * What follows from the route.
   *
   * @param route the route that decides
   * @param captures the values of its variables
   * @param resource what is decided upon
   * @param asked what the route asks for the method, or null where it does not name it
   * @param lacks what the caller's authentication lacks for the route, or null
   * @param mayKnow whether the caller may learn whether the resource exists
   * @param knowing what that was judged by; empty where the route's rule alone settles it
   */
  public record Found(
      Route route,
      Map<String, String> captures,
      Resource resource,
      @Nullable Asked asked,
      StepUp.@Nullable Shortfall lacks,
      boolean mayKnow,
      List<Asked> knowing) {
    public Found {
      captures = Map.copyOf(captures);
      knowing = List.copyOf(knowing);
    }
  }

  /**
   * Something that is asked of the caller.
   *
   * @param method the method that asks it; empty where {@code knownTo} does
   * @param requirement what
   * @param met whether the caller has it
   * @param permissions each permission of it
   */
  public record Asked(
      String method, Requirement requirement, boolean met, List<Wanted> permissions) {
    public Asked {
      permissions = List.copyOf(permissions);
    }
  }

  /**
   * A permission that is asked on the resource.
   *
   * @param permission its name
   * @param by the grant that gives it, or null
   * @param search looks for the grants that could give it, which takes time with many grants
   */
  public record Wanted(String permission, @Nullable Grant by, Supplier<List<Miss>> search) {
    /** {@return where none gives it, every grant that could, the nearest first} */
    public List<Miss> misses() {
      return by == null ? search.get() : List.of();
    }
  }

  /**
   * A grant that gives a permission, though not here. Each part is judged as if all others fitted.
   *
   * @param grant the grant
   * @param toCaller whether the caller is one of its recipients
   * @param ofIssuer whether the caller's issuer is one of its issuers
   * @param carried false where it gives what the token carries, and the token lacks this permission
   * @param condition what its condition comes to; null where it has none, or no pattern covers the
   *     resource
   * @param elsewhere where each of its patterns parts from the resource; empty where one covers it
   */
  public record Miss(
      Grant grant,
      boolean toCaller,
      boolean ofIssuer,
      boolean carried,
      Condition.@Nullable Outcome condition,
      List<Parting> elsewhere) {
    public Miss {
      elsewhere = List.copyOf(elsewhere);
    }

    /** {@return in how many respects it fails} */
    public int failures() {
      return (toCaller ? 0 : 1)
          + (ofIssuer ? 0 : 1)
          + (carried ? 0 : 1)
          + (condition == null || condition == Condition.Outcome.HOLDS ? 0 : 1)
          + (elsewhere.isEmpty() ? 0 : 1);
    }
  }

  /**
   * Where a pattern parts from a resource.
   *
   * @param pattern the pattern
   * @param segment the first segment, from 0, that does not fit; -1 for the host
   */
  public record Parting(ResourcePattern pattern, int segment) {}

  /** A route that does not decide, and why. */
  public record Rival(Route route, Why why) {
    /** Why another route decides, or none. */
    public sealed interface Why {
      /** It matches, and so does one whose host is nearer. */
      enum FartherHost implements Why {
        FARTHER_HOST
      }

      /** It matches, and another says more in this segment, from 0. */
      record SaysLess(int segment) implements Why {}

      /** It is for another host. */
      enum OtherHost implements Why {
        OTHER_HOST
      }

      /** Its path parts from the request's in this segment, from 0. */
      record OtherPath(int segment) implements Why {}
    }
  }
}

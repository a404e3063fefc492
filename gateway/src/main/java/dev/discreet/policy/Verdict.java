package dev.discreet.policy;

/** What the core says. */
public sealed interface Verdict {
  /** A decision that holds, or a question that must be answered first. */
  sealed interface Enforced extends Verdict {}

  /**
   * The route observes: what would be refused goes on.
   *
   * @param permit the permit, whatever {@code instead} comes to
   * @param instead what would have been said; never a permit
   */
  record Observed(Decision.Forward permit, Enforced instead) implements Verdict {}

  /** No question is open. */
  record Settled(Decision decision) implements Enforced {}

  /** Does the resource exist? Asked only for a caller who may know, or as the caller himself. */
  final class AskExistence implements Enforced {
    private final Route route;
    private final Resource resource;
    private final Outcomes outcomes;
    private final boolean asCaller;

    /** The decision for each answer. */
    record Outcomes(Decision present, Decision absent, Decision unknown) {}

    AskExistence(Route route, Resource resource, Outcomes outcomes, boolean asCaller) {
      this.route = route;
      this.resource = resource;
      this.outcomes = outcomes;
      this.asCaller = asCaller;
    }

    /** {@return the route whose upstream is asked} */
    public Route route() {
      return route;
    }

    /** {@return what is asked for} */
    public Resource resource() {
      return resource;
    }

    /** {@return whether it is asked as this caller, who is told what he could see there himself} */
    public boolean asCaller() {
      return asCaller;
    }

    /** {@return the decision, now that it is known} */
    public Decision resolve(Existence existence) {
      return switch (existence) {
        case PRESENT -> outcomes.present();
        case ABSENT -> outcomes.absent();
        case UNKNOWN -> outcomes.unknown();
      };
    }
  }
}

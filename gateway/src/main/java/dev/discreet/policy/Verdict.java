package dev.discreet.policy;

/** What the core says: a decision, or a question that must be answered first. */
public sealed interface Verdict {
  /** No question is open. */
  record Settled(Decision decision) implements Verdict {}

  /** Does the resource exist? Asked only for a caller who may know. */
  final class AskExistence implements Verdict {
    private final Route route;
    private final Resource resource;
    private final Outcomes outcomes;

    /** The decision for each answer. */
    record Outcomes(Decision present, Decision absent, Decision unknown) {}

    AskExistence(Route route, Resource resource, Outcomes outcomes) {
      this.route = route;
      this.resource = resource;
      this.outcomes = outcomes;
    }

    /** {@return the route whose upstream is asked} */
    public Route route() {
      return route;
    }

    /** {@return what is asked for} */
    public Resource resource() {
      return resource;
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

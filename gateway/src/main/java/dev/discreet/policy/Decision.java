package dev.discreet.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with a request. Closed: whoever acts on it switches without a default. */
public sealed interface Decision {
  /** {@return the row of SPEC §2 that led here} */
  Row row();

  /** {@return the route, or null where none matched} */
  @Nullable Route route();

  /** The permit: it alone opens the way to the upstream, and only this package makes one. */
  final class Forward implements Decision {
    private final Row row;
    private final Route route;
    private final Resource resource;
    private final @Nullable String grant;
    private final boolean known;

    Forward(Row row, Route route, Resource resource, @Nullable String grant, boolean known) {
      this.row = row;
      this.route = route;
      this.resource = resource;
      this.grant = grant;
      this.known = known;
    }

    /** {@return the row; where the route observes, one that would have refused} */
    @Override
    public Row row() {
      return row;
    }

    @Override
    public Route route() {
      return route;
    }

    /** {@return what was decided upon} */
    public Resource resource() {
      return resource;
    }

    /**
     * {@return where the grant that decided stands ({@code file:line}), or null if none was needed}
     */
    public @Nullable String grant() {
      return grant;
    }

    /**
     * {@return whether the caller may know of the resource too; asked only where the route's {@link
     * Shield} depends on it, else false}
     */
    public boolean known() {
      return known;
    }

    Forward toWhoMayKnow() {
      return new Forward(row, route, resource, grant, true);
    }
  }

  /** 401: who are you? */
  record Unauthenticated(Row row, @Nullable Route route) implements Decision {}

  /**
   * 401: permitted, but not to who authenticated so weakly or so long ago (RFC 9470).
   *
   * @param lacks what the authentication lacks first
   */
  record InsufficientAuthentication(Row row, Route route, StepUp.Shortfall lacks)
      implements Decision {}

  /**
   * The canonical 404.
   *
   * @param reason what the operator may know and the caller may not
   */
  record NotFound(Row row, @Nullable Route route, Reason reason) implements Decision {
    /** Why it is a 404. */
    public enum Reason {
      /** There is nothing. */
      ABSENT,
      /** The caller may not know. */
      CONCEALED
    }
  }

  /** 200 with the route's empty list. */
  record EmptyCollection(Row row, Route route, String body) implements Decision {}

  /**
   * 403: what is missing, of what.
   *
   * @param missing what the caller lacks
   * @param tokenCouldHelp whether a grant of {@code permissions: token} covers this resource
   */
  record Forbidden(
      Row row, Route route, Resource resource, Requirement missing, boolean tokenCouldHelp)
      implements Decision {}

  /** 405: the methods that the route names, HEAD after GET. */
  record MethodNotAllowed(Row row, Route route, List<String> allow) implements Decision {
    public MethodNotAllowed {
      allow = List.copyOf(allow);
    }
  }

  /** 503: it cannot be told now. */
  record Unavailable(Row row, Route route) implements Decision {}
}

package dev.discreet.policy;

import dev.discreet.policy.Explanation.Rival;
import dev.discreet.policy.Explanation.Rival.Why;
import dev.discreet.policy.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The routes that came near, and why they do not decide. Each is put into a table of its own, whole
 * or in part, and that table is asked.
 */
final class Rivals {
  private static final int NEAREST = 3;

  private final RouteTable routes;
  private final AccessRequest request;

  Rivals(RouteTable routes, AccessRequest request) {
    this.routes = routes;
    this.request = request;
  }

  /** {@return those that match beside {@code winner}, or the nearest where there is none} */
  List<Rival> of(@Nullable Route winner) {
    return winner == null
        ? nearest()
        : routes.routes().stream()
            .filter(
                route -> !route.equals(winner) && matches(route.host(), route.path().segments()))
            .map(route -> new Rival(route, lost(route, winner)))
            .toList();
  }

  private static Why lost(Route route, Route winner) {
    if (!Objects.equals(route.host(), winner.host())) {
      return Why.FartherHost.FARTHER_HOST;
    }
    List<Segment> less = route.path().segments();
    List<Segment> more = winner.path().segments();
    int at = 0;
    while (at < less.size() && at < more.size() && kind(less.get(at)) == kind(more.get(at))) {
      at++;
    }
    return new Why.SaysLess(at);
  }

  private static Class<?> kind(Segment segment) {
    return segment.getClass();
  }

  private List<Rival> nearest() {
    List<Rival> near = new ArrayList<>();
    for (Route route : routes.routes()) {
      if (matches(null, route.path().segments())) {
        near.add(new Rival(route, Why.OtherHost.OTHER_HOST));
      } else {
        int at = parting(route.path().segments());
        if (at > 0 && matches(route.host(), List.of(Segment.Rest.REST))) {
          near.add(new Rival(route, new Why.OtherPath(at)));
        }
      }
    }
    near.sort(Comparator.comparingInt(Rivals::nearness).reversed());
    return near.subList(0, Math.min(NEAREST, near.size()));
  }

  private static int nearness(Rival rival) {
    return rival.why() instanceof Why.OtherPath(int segment) ? segment : Integer.MAX_VALUE;
  }

  /** {@return how many leading segments of a template the request's path has} */
  private int parting(List<Segment> template) {
    for (int length = template.size(); length > 0; length--) {
      List<Segment> beginning = new ArrayList<>(template.subList(0, length));
      beginning.remove(Segment.Rest.REST);
      beginning.add(Segment.Rest.REST);
      if (matches(null, beginning)) {
        return length;
      }
    }
    return 0;
  }

  private boolean matches(@Nullable String host, List<Segment> template) {
    PathTemplate path = new PathTemplate("", template);
    Route alone =
        new Route(
            "",
            "",
            host,
            path,
            path,
            Map.of(),
            null,
            KnownTo.Nobody.NOBODY,
            StepUp.NONE,
            OnUnknown.CONCEAL,
            null,
            false,
            new Route.Forwarding("", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
    return new RouteTable(List.of(alone)).find(request.host(), request.segments()) != null;
  }
}

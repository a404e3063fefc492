package dev.discreet.ask;

import dev.discreet.ask.Sample.Piece;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import dev.discreet.policy.RouteTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a route: first its template as it stands, then one for each pattern of a grant
 * that names something in it, an own account or a certain document.
 */
final class Samples {
  private static final Piece BELOW = new Piece.Text("**");
  private static final int DEEPEST = 8;

  private final Route route;
  private final Map<String, String> values;

  private Samples(Route route, Map<String, String> values) {
    this.route = route;
    this.values = values;
  }

  /**
   * {@return the samples that the route decides, none twice}
   *
   * @param patterns those that grants are about
   * @param values what variables stand for, by name; nothing else is put in their place
   */
  static List<Sample> of(
      Route route,
      RouteTable routes,
      Collection<ResourcePattern> patterns,
      Map<String, String> values) {
    Samples samples = new Samples(route, values);
    Set<Sample> all = new LinkedHashSet<>();
    all.add(samples.general(routes));
    for (ResourcePattern pattern : patterns) {
      Sample sample = samples.of(pattern);
      if (sample != null) {
        all.add(sample);
      }
    }
    return List.copyOf(all);
  }

  /** Other routes may take the first paths below a template that ends in <code>**</code>. */
  private Sample general(RouteTable routes) {
    Piece host = new Piece.Text(route.host() == null ? "" : route.host());
    for (int depth = 1; depth < DEEPEST; depth++) {
      Sample sample = sample(host, Map.of(), Collections.nCopies(depth, BELOW));
      AccessRequest request = sample.request("GET", Caller.Anonymous.ANONYMOUS, Moment.now());
      if (request != null && route.equals(routes.find(request.host(), request.segments()))) {
        return sample;
      }
    }
    return sample(host, Map.of(), List.of());
  }

  private Sample sample(Piece host, Map<String, Piece> variables, List<Piece> rest) {
    List<Piece> path = new ArrayList<>();
    for (Segment segment : route.path().segments()) {
      switch (segment) {
        case Segment.Literal(String text) -> path.add(new Piece.Text(text));
        case Segment.Variable(String name) -> path.add(variable(name, variables));
        case Segment.Rest all -> path.addAll(rest);
      }
    }
    return new Sample(host, path);
  }

  private Piece variable(String name, Map<String, Piece> variables) {
    String given = values.get(name);
    return given != null
        ? new Piece.Text(given)
        : variables.getOrDefault(name, new Piece.Text("{" + name + "}"));
  }

  /** {@return what the pattern names in the route's resource, or null where it names nothing} */
  private @Nullable Sample of(ResourcePattern pattern) {
    Piece host = host(pattern.host());
    if (host == null) {
      return null;
    }
    Map<String, Piece> variables = new HashMap<>();
    List<Segment> template = route.resource().segments();
    List<Part> parts = pattern.segments();
    for (int i = 0; i < template.size(); i++) {
      if (template.get(i) instanceof Segment.Rest) {
        return sample(
            host, variables, rest(parts.subList(Math.min(i, parts.size()), parts.size())));
      }
      if (i < parts.size() && parts.get(i) instanceof Part.Below) {
        return sample(host, variables, List.of(BELOW));
      }
      if (i >= parts.size() || !bind(template.get(i), parts.get(i), variables)) {
        return null;
      }
    }
    boolean ends =
        parts.size() == template.size()
            || (parts.size() == template.size() + 1 && parts.getLast() instanceof Part.Below);
    return ends ? sample(host, variables, List.of(BELOW)) : null;
  }

  private static boolean bind(Segment segment, Part part, Map<String, Piece> variables) {
    return switch (segment) {
      case Segment.Literal(String text) ->
          part instanceof Part.Literal(String other) ? text.equals(other) : !text.isEmpty();
      case Segment.Variable(String name) ->
          switch (part) {
            case Part.Literal(String text) -> {
              variables.put(name, new Piece.Text(text));
              yield !text.isEmpty();
            }
            case Part.Claim(String claim) -> {
              variables.put(name, new Piece.Claim(claim, ""));
              yield true;
            }
            case Part.One one -> true;
            case Part.Named named -> true;
            case Part.Below below -> true;
          };
      case Segment.Rest rest -> true;
    };
  }

  private static List<Piece> rest(List<Part> parts) {
    List<Piece> rest = new ArrayList<>();
    for (Part part : parts) {
      rest.add(
          switch (part) {
            case Part.Literal(String text) -> new Piece.Text(text);
            case Part.Claim(String claim) -> new Piece.Claim(claim, "");
            case Part.One one -> new Piece.Text("*");
            case Part.Named(String name) -> new Piece.Text("{" + name + "}");
            case Part.Below below -> BELOW;
          });
    }
    return rest;
  }

  /** {@return the host that a pattern and the route have in common, or null if there is none} */
  private @Nullable Piece host(@Nullable HostPattern pattern) {
    String own = route.host();
    if (own == null) {
      return pattern == null ? new Piece.Text("") : null;
    }
    String suffix = own.startsWith("*.") ? own.substring(1) : null;
    return switch (pattern) {
      case null -> null;
      case HostPattern.Exact(String host) ->
          host.equals(own) || (suffix != null && host.endsWith(suffix))
              ? new Piece.Text(host)
              : null;
      case HostPattern.AnyBelow(String other) ->
          below(own, suffix, other, new Piece.Text("*" + other));
      case HostPattern.ClaimBelow(String claim, String other) ->
          below(own, suffix, other, new Piece.Claim(claim, other));
    };
  }

  /** The route's host is one, or ends in a suffix; the pattern's hosts end in another. */
  private static @Nullable Piece below(
      String own, @Nullable String suffix, String other, Piece nearer) {
    if (suffix != null && other.endsWith(suffix)) {
      return nearer;
    }
    return own.endsWith(other) ? new Piece.Text(own) : null;
  }
}

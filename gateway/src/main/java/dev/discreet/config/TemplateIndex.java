package dev.discreet.config;

import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of all routes, as a tree of segments for each host, so that many patterns are
 * looked up in many templates quickly.
 */
final class TemplateIndex {
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    @Nullable Node variable;
    boolean end;
    boolean rest;
  }

  /** What a lookup depends on: names of variables and claims have no part in it. */
  private record Shape(@Nullable HostPattern host, List<Part> parts) {}

  private final Node withoutHost = new Node();
  private final Map<String, Node> byHost = new HashMap<>();
  private final Map<Shape, Boolean> known = new HashMap<>();

  TemplateIndex(List<Route> routes) {
    for (Route route : routes) {
      add(
          route.host() == null
              ? withoutHost
              : byHost.computeIfAbsent(route.host(), host -> new Node()),
          route.resource().segments());
    }
  }

  private static void add(Node root, List<Segment> template) {
    Node node = root;
    for (Segment segment : template) {
      switch (segment) {
        case Segment.Literal(String text) ->
            node = node.literals.computeIfAbsent(text, key -> new Node());
        case Segment.Variable _ -> {
          node.variable = node.variable == null ? new Node() : node.variable;
          node = node.variable;
        }
        case Segment.Rest _ -> {
          node.rest = true;
          return;
        }
      }
    }
    node.end = true;
  }

  /** {@return whether the pattern can be about a resource of some route} */
  boolean meets(ResourcePattern pattern) {
    List<Part> parts =
        pattern.segments().stream()
            .map(
                part ->
                    part instanceof Part.Named || part instanceof Part.Claim ? Part.One.ONE : part)
            .toList();
    return known.computeIfAbsent(new Shape(pattern.host(), parts), this::look);
  }

  private boolean look(Shape shape) {
    for (Node root : roots(shape.host())) {
      if (meets(root, shape.parts(), 0)) {
        return true;
      }
    }
    return false;
  }

  private List<Node> roots(@Nullable HostPattern host) {
    if (host == null) {
      return List.of(withoutHost);
    }
    List<Node> roots = new ArrayList<>();
    byHost.forEach(
        (routes, root) -> {
          if (Overlap.hosts(host, routes)) {
            roots.add(root);
          }
        });
    return roots;
  }

  private static boolean meets(Node node, List<Part> pattern, int at) {
    if (node.rest) {
      return true;
    }
    if (at == pattern.size()) {
      return node.end;
    }
    return switch (pattern.get(at)) {
      // Only the root of an empty tree has no template at it or below.
      case Part.Below _ -> node.end || node.variable != null || !node.literals.isEmpty();
      case Part.Literal(String text) ->
          meets(node.literals.get(text), pattern, at, true)
              || meets(node.variable, pattern, at, !text.isEmpty());
      case Part.One _, Part.Named _, Part.Claim _ ->
          meets(node.variable, pattern, at, true)
              || node.literals.entrySet().stream()
                  .anyMatch(next -> meets(next.getValue(), pattern, at, !next.getKey().isEmpty()));
    };
  }

  private static boolean meets(@Nullable Node next, List<Part> pattern, int at, boolean may) {
    return may && next != null && meets(next, pattern, at + 1);
  }
}

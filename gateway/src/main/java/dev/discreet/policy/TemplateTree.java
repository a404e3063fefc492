package dev.discreet.policy;

import dev.discreet.policy.PathTemplate.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one host, as a tree of segments. A literal wins over a variable, a variable over
 * <code>**</code>, the end over <code>**</code>, compared from the left; where a branch leads
 * nowhere the next one is tried, so every node is visited at most once for a path.
 */
final class TemplateTree {
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    @Nullable Node variable;
    @Nullable Route end;
    @Nullable Route rest;
  }

  private final Node root = new Node();

  void add(Route route) {
    Node node = root;
    for (Segment segment : route.path().segments()) {
      switch (segment) {
        case Segment.Literal literal ->
            node = node.literals.computeIfAbsent(literal.text(), text -> new Node());
        case Segment.Variable variable -> {
          if (node.variable == null) {
            node.variable = new Node();
          }
          node = node.variable;
        }
        case Segment.Rest rest -> {
          if (node.rest != null) {
            throw shadowed(node.rest, route);
          }
          node.rest = route;
          return;
        }
      }
    }
    if (node.end != null) {
      throw shadowed(node.end, route);
    }
    node.end = route;
  }

  private static IllegalArgumentException shadowed(Route first, Route second) {
    return new IllegalArgumentException(
        "the routes " + first.path() + " and " + second.path() + " match the same paths");
  }

  @Nullable Route find(List<String> path) {
    return find(root, path, 0);
  }

  private static @Nullable Route find(Node node, List<String> path, int at) {
    if (at == path.size()) {
      return node.end != null ? node.end : node.rest;
    }
    String segment = path.get(at);
    Node literal = node.literals.get(segment);
    if (literal != null) {
      Route found = find(literal, path, at + 1);
      if (found != null) {
        return found;
      }
    }
    if (node.variable != null && !segment.isEmpty()) {
      Route found = find(node.variable, path, at + 1);
      if (found != null) {
        return found;
      }
    }
    return node.rest;
  }
}

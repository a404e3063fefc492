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
public final class TemplateTree<T> {
  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    @Nullable Node<T> variable;
    @Nullable T end;
    @Nullable T rest;
  }

  private final Node<T> root = new Node<>();

  /**
   * Adds a template.
   *
   * @param found what is found where it matches
   * @throws IllegalArgumentException if one that is there already matches exactly the same paths
   */
  public void add(PathTemplate template, T found) {
    Node<T> node = root;
    for (Segment segment : template.segments()) {
      switch (segment) {
        case Segment.Literal literal ->
            node = node.literals.computeIfAbsent(literal.text(), text -> new Node<>());
        case Segment.Variable variable -> {
          if (node.variable == null) {
            node.variable = new Node<>();
          }
          node = node.variable;
        }
        case Segment.Rest rest -> {
          if (node.rest != null) {
            throw shadowed(template);
          }
          node.rest = found;
          return;
        }
      }
    }
    if (node.end != null) {
      throw shadowed(template);
    }
    node.end = found;
  }

  private static IllegalArgumentException shadowed(PathTemplate template) {
    return new IllegalArgumentException("another template matches just what " + template + " does");
  }

  /** {@return what stands at the template that decides, or null where none matches} */
  public @Nullable T find(List<String> path) {
    return find(root, path, 0);
  }

  private static <T> @Nullable T find(Node<T> node, List<String> path, int at) {
    if (at == path.size()) {
      return node.end != null ? node.end : node.rest;
    }
    String segment = path.get(at);
    Node<T> literal = node.literals.get(segment);
    if (literal != null) {
      T found = find(literal, path, at + 1);
      if (found != null) {
        return found;
      }
    }
    if (node.variable != null && !segment.isEmpty()) {
      T found = find(node.variable, path, at + 1);
      if (found != null) {
        return found;
      }
    }
    return node.rest;
  }
}

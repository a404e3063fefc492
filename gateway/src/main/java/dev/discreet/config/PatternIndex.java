package dev.discreet.config;

import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to patterns, found by the routes that these can be about, so that large policies are
 * gone through quickly. Patterns that no template can tell apart are one: of a hundred thousand
 * that differ in the number of a document, one path through the tree is left.
 *
 * @param <T> what belongs to a pattern
 */
public final class PatternIndex<T> {
  /** Stands for every text that is no literal of any template. */
  private static final String OTHER = "{}";

  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    final Set<T> end = new LinkedHashSet<>();
    final Set<T> below = new LinkedHashSet<>();
    @Nullable Node<T> one;

    Node<T> one() {
      one = one == null ? new Node<>() : one;
      return one;
    }
  }

  // The empty segment is never another: no variable stands for it.
  private final Set<String> literals = new HashSet<>(Set.of(""));
  private final Node<T> withoutHost = new Node<>();
  private final Map<String, Node<T>> exactHosts = new HashMap<>();
  private final Map<HostPattern, Node<T>> wildHosts = new HashMap<>();

  /** Holds nothing yet. The templates are those of {@code routes}; no others can be asked about. */
  public PatternIndex(List<Route> routes) {
    for (Route route : routes) {
      for (Segment segment : route.resource().segments()) {
        if (segment instanceof Segment.Literal(String text)) {
          literals.add(text);
        }
      }
    }
  }

  /** Adds what belongs to a pattern. */
  public void add(ResourcePattern pattern, T value) {
    Node<T> node = root(pattern.host());
    for (Part part : pattern.segments()) {
      switch (part) {
        case Part.Literal(String text) ->
            node =
                node.literals.computeIfAbsent(
                    literals.contains(text) ? text : OTHER, key -> new Node<>());
        case Part.One _, Part.Named _, Part.Claim _ -> node = node.one();
        case Part.Below _ -> {
          node.below.add(value);
          return;
        }
      }
    }
    node.end.add(value);
  }

  private Node<T> root(@Nullable HostPattern host) {
    return switch (host) {
      case null -> withoutHost;
      case HostPattern.Exact(String exact) ->
          exactHosts.computeIfAbsent(exact, key -> new Node<>());
      case HostPattern.AnyBelow _, HostPattern.ClaimBelow _ ->
          wildHosts.computeIfAbsent(host, key -> new Node<>());
    };
  }

  /** {@return what belongs to the patterns that can be about a resource of the route} */
  public Set<T> about(Route route) {
    Set<T> found = new LinkedHashSet<>();
    for (Node<T> root : roots(route.host())) {
      walk(root, route.resource().segments(), 0, found);
    }
    return found;
  }

  private List<Node<T>> roots(@Nullable String host) {
    if (host == null) {
      return List.of(withoutHost);
    }
    List<Node<T>> roots = new ArrayList<>();
    String suffix = host.startsWith("*") ? host.substring(1) : host;
    if (host.equals(suffix)) {
      Optional.ofNullable(exactHosts.get(host)).ifPresent(roots::add);
    } else {
      exactHosts.forEach((exact, root) -> addIf(exact.endsWith(suffix), root, roots));
    }
    wildHosts.forEach((wild, root) -> addIf(Overlap.hosts(wild, host), root, roots));
    return roots;
  }

  private static <T> void addIf(boolean met, Node<T> root, List<Node<T>> roots) {
    if (met) {
      roots.add(root);
    }
  }

  private static <T> void walk(Node<T> node, List<Segment> template, int at, Set<T> found) {
    found.addAll(node.below);
    if (at == template.size()) {
      found.addAll(node.end);
      return;
    }
    switch (template.get(at)) {
      case Segment.Literal(String text) -> {
        Node<T> literal = node.literals.get(text);
        if (literal != null) {
          walk(literal, template, at + 1, found);
        }
        if (node.one != null && !text.isEmpty()) {
          walk(node.one, template, at + 1, found);
        }
      }
      case Segment.Variable _ -> {
        node.literals.forEach(
            (text, literal) -> {
              if (!text.isEmpty()) {
                walk(literal, template, at + 1, found);
              }
            });
        if (node.one != null) {
          walk(node.one, template, at + 1, found);
        }
      }
      case Segment.Rest _ -> all(node, found);
    }
  }

  private static <T> void all(Node<T> node, Set<T> found) {
    found.addAll(node.end);
    found.addAll(node.below);
    node.literals.values().forEach(child -> all(child, found));
    if (node.one != null) {
      all(node.one, found);
    }
  }
}

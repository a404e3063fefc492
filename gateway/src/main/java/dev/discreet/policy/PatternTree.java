package dev.discreet.policy;

import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of the grants to one kind of caller, as a tree of segments: walking it costs what
 * the path is long, not what there are grants.
 */
final class PatternTree {
  private static final class Node {
    private @Nullable Map<String, Node> literals;
    private @Nullable Map<String, Node> claims;
    private @Nullable Node one;
    private List<GrantedPattern> end = List.of();
    private List<GrantedPattern> below = List.of();

    Node literal(String text) {
      literals = literals == null ? new HashMap<>(2) : literals;
      return literals.computeIfAbsent(text, key -> new Node());
    }

    Node claim(String name) {
      claims = claims == null ? new HashMap<>(2) : claims;
      return claims.computeIfAbsent(name, key -> new Node());
    }

    Node one() {
      one = one == null ? new Node() : one;
      return one;
    }
  }

  private record HostNode(HostPattern pattern, Node root) {}

  private final Node withoutHost = new Node();
  private final Map<String, Node> exactHosts = new HashMap<>();
  private final List<HostNode> wildHosts = new ArrayList<>();

  void add(Grant grant, ResourcePattern pattern) {
    Node node = rootFor(pattern.host());
    List<GrantedPattern.Name> names = new ArrayList<>();
    List<Part> parts = pattern.segments();
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Literal literal -> node = node.literal(literal.text());
        case Part.One one -> node = node.one();
        case Part.Named named -> {
          names.add(new GrantedPattern.Name(named.name(), i));
          node = node.one();
        }
        case Part.Claim claim -> node = node.claim(claim.name());
        case Part.Below below -> {
          node.below = with(node.below, new GrantedPattern(grant, names));
          return;
        }
      }
    }
    node.end = with(node.end, new GrantedPattern(grant, names));
  }

  private static List<GrantedPattern> with(List<GrantedPattern> leaves, GrantedPattern leaf) {
    List<GrantedPattern> grown = leaves.isEmpty() ? new ArrayList<>(1) : leaves;
    grown.add(leaf);
    return grown;
  }

  private Node rootFor(@Nullable HostPattern host) {
    return switch (host) {
      case null -> withoutHost;
      case HostPattern.Exact exact -> exactHosts.computeIfAbsent(exact.host(), key -> new Node());
      case HostPattern.AnyBelow any -> wildRootFor(any);
      case HostPattern.ClaimBelow claim -> wildRootFor(claim);
    };
  }

  private Node wildRootFor(HostPattern pattern) {
    for (HostNode host : wildHosts) {
      if (host.pattern().equals(pattern)) {
        return host.root();
      }
    }
    Node root = new Node();
    wildHosts.add(new HostNode(pattern, root));
    return root;
  }

  /** Adds the grants that cover the target's resource to {@code found}. */
  void collect(Target target, @Nullable Claims claims, List<GrantedPattern> found) {
    String host = target.resource().host();
    if (host == null) {
      walk(withoutHost, target, claims, 0, found);
      return;
    }
    Node exact = exactHosts.get(host);
    if (exact != null) {
      walk(exact, target, claims, 0, found);
    }
    for (HostNode wild : wildHosts) {
      if (covers(wild.pattern(), host, claims)) {
        walk(wild.root(), target, claims, 0, found);
      }
    }
  }

  private static boolean covers(HostPattern pattern, String host, @Nullable Claims claims) {
    return switch (pattern) {
      case HostPattern.Exact exact -> exact.host().equals(host);
      case HostPattern.AnyBelow any ->
          host.length() > any.suffix().length() && host.endsWith(any.suffix());
      case HostPattern.ClaimBelow below ->
          claims != null
              && host.endsWith(below.suffix())
              && claims
                  .segments(below.claim())
                  .contains(host.substring(0, host.length() - below.suffix().length()));
    };
  }

  private static void walk(
      Node node, Target target, @Nullable Claims claims, int at, List<GrantedPattern> found) {
    gather(node.below, target, found);
    List<String> path = target.resource().segments();
    if (at == path.size()) {
      gather(node.end, target, found);
      return;
    }
    String segment = path.get(at);
    Node literal = node.literals == null ? null : node.literals.get(segment);
    if (literal != null) {
      walk(literal, target, claims, at + 1, found);
    }
    if (node.one != null && !segment.isEmpty()) {
      walk(node.one, target, claims, at + 1, found);
    }
    if (node.claims != null && claims != null) {
      for (Map.Entry<String, Node> claim : node.claims.entrySet()) {
        if (claims.segments(claim.getKey()).contains(segment)) {
          walk(claim.getValue(), target, claims, at + 1, found);
        }
      }
    }
  }

  private static void gather(
      List<GrantedPattern> leaves, Target target, List<GrantedPattern> found) {
    for (GrantedPattern leaf : leaves) {
      if (leaf.agrees(target)) {
        found.add(leaf);
      }
    }
  }
}

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

  /** The patterns of hosts that end in one suffix. */
  private static final class Suffix {
    private final Map<String, Node> claims = new HashMap<>(2);
    private @Nullable Node any;

    Node any() {
      any = any == null ? new Node() : any;
      return any;
    }
  }

  private final Node withoutHost = new Node();
  private final Map<String, Node> exactHosts = new HashMap<>();
  private final Map<String, Suffix> wildHosts = new HashMap<>();

  void add(Grant grant, int order, ResourcePattern pattern) {
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
          node.below = with(node.below, new GrantedPattern(grant, order, names));
          return;
        }
      }
    }
    node.end = with(node.end, new GrantedPattern(grant, order, names));
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
      case HostPattern.AnyBelow any -> suffix(any.suffix()).any();
      case HostPattern.ClaimBelow below ->
          suffix(below.suffix()).claims.computeIfAbsent(below.claim(), key -> new Node());
    };
  }

  private Suffix suffix(String text) {
    return wildHosts.computeIfAbsent(text, key -> new Suffix());
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
    for (int dot = host.indexOf('.', 1); dot > 0 && !wildHosts.isEmpty(); ) {
      Suffix wild = wildHosts.get(host.substring(dot));
      if (wild != null) {
        collect(wild, host.substring(0, dot), target, claims, found);
      }
      dot = host.indexOf('.', dot + 1);
    }
  }

  private static void collect(
      Suffix wild,
      String before,
      Target target,
      @Nullable Claims claims,
      List<GrantedPattern> found) {
    if (wild.any != null) {
      walk(wild.any, target, claims, 0, found);
    }
    if (claims != null) {
      wild.claims.forEach(
          (claim, root) -> {
            if (claims.segments(claim).contains(before)) {
              walk(root, target, claims, 0, found);
            }
          });
    }
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

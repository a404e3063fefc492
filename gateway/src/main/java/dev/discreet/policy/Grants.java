package dev.discreet.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grants, found by caller first: those to its subject, its groups, its claims and to everyone.
 * A grant to somebody else is never touched, so what others hold on a resource costs a stranger
 * nothing, neither work nor time.
 */
public final class Grants {
  private final List<Grant> all;
  private final PatternTree toAnyone = new PatternTree();
  private final Map<String, OfIssuer> byIssuer = new HashMap<>();

  /** What one issuer's callers are granted. */
  private static final class OfIssuer {
    final PatternTree toAuthenticated = new PatternTree();
    final Map<String, PatternTree> bySubject = new HashMap<>();
    final Map<String, PatternTree> byGroup = new HashMap<>();
    final Map<ClaimPath, Map<Object, PatternTree>> byClaim = new HashMap<>();
  }

  /**
   * Prepares {@code grants}.
   *
   * @param grants in the order of the configuration
   * @param issuers the names of all issuers
   */
  public Grants(List<Grant> grants, Set<String> issuers) {
    all = List.copyOf(grants);
    issuers.forEach(issuer -> byIssuer.put(issuer, new OfIssuer()));
    for (int i = 0; i < all.size(); i++) {
      add(all.get(i), i);
    }
  }

  private void add(Grant grant, int order) {
    if (grant.to() instanceof Grant.To.Anyone) {
      add(toAnyone, grant, order);
    } else {
      byIssuer.forEach((name, of) -> addTo(name, of, grant, order));
    }
  }

  private static void addTo(String issuer, OfIssuer of, Grant grant, int order) {
    if (grant.issuers() != null && !grant.issuers().contains(issuer)) {
      return;
    }
    switch (grant.to()) {
      case Grant.To.Anyone anyone -> {}
      case Grant.To.AnyAuthenticated any -> add(of.toAuthenticated, grant, order);
      case Grant.To.Subjects to ->
          to.subjects().forEach(s -> add(tree(of.bySubject, s), grant, order));
      case Grant.To.Groups to -> to.groups().forEach(g -> add(tree(of.byGroup, g), grant, order));
      case Grant.To.Claimants to -> {
        var values = of.byClaim.computeIfAbsent(to.claim(), path -> new HashMap<>());
        to.values().forEach(value -> add(tree(values, value), grant, order));
      }
    }
  }

  private static <K> PatternTree tree(Map<K, PatternTree> trees, K key) {
    return trees.computeIfAbsent(key, k -> new PatternTree());
  }

  private static void add(PatternTree tree, Grant grant, int order) {
    grant.resources().forEach(pattern -> tree.add(grant, order, pattern));
  }

  /** {@return every grant, in the order of the configuration} */
  public List<Grant> all() {
    return all;
  }

  /** {@return what {@code caller} holds on the target's resource} */
  Rights of(Caller caller, Target target, ConditionFailures failures) {
    List<GrantedPattern> found = new ArrayList<>();
    if (caller instanceof Caller.Authenticated known) {
      toAnyone.collect(target, known.claims(), found);
      OfIssuer of = byIssuer.get(known.issuer());
      if (of != null) {
        collect(of, known, target, found);
      }
    } else {
      toAnyone.collect(target, null, found);
    }
    found.sort(GrantedPattern.BY_COST);
    return new Rights(caller, target, found, failures);
  }

  private static void collect(
      OfIssuer of, Caller.Authenticated caller, Target target, List<GrantedPattern> found) {
    of.toAuthenticated.collect(target, caller.claims(), found);
    collect(of.bySubject.get(caller.subject()), caller, target, found);
    if (!of.byGroup.isEmpty()) {
      for (String group : caller.groups()) {
        collect(of.byGroup.get(group), caller, target, found);
      }
    }
    of.byClaim.forEach(
        (path, trees) -> {
          for (Object value : valuesOf(caller.claims().at(path))) {
            collect(trees.get(value), caller, target, found);
          }
        });
  }

  private static List<?> valuesOf(@Nullable Object claim) {
    return claim instanceof List<?> list ? list : claim == null ? List.of() : List.of(claim);
  }

  private static void collect(
      @Nullable PatternTree tree,
      Caller.Authenticated caller,
      Target target,
      List<GrantedPattern> found) {
    if (tree != null) {
      tree.collect(target, caller.claims(), found);
    }
  }
}

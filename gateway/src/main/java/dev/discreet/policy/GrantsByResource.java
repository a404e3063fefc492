package dev.discreet.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The grants, found by resource alone, whoever they are to. For those who look at a policy as a
 * whole; a decision begins with the caller ({@link Grants}).
 */
public final class GrantsByResource {
  private final PatternTree tree = new PatternTree();

  /** Prepares {@code grants}. */
  public GrantsByResource(List<Grant> grants) {
    for (int i = 0; i < grants.size(); i++) {
      Grant grant = grants.get(i);
      for (ResourcePattern pattern : grant.resources()) {
        tree.add(grant, i, pattern);
      }
    }
  }

  /**
   * {@return the grants that cover what a request asks for, their conditions aside}
   *
   * @param route the route that decides
   * @param claims what <code>{claims.NAME}</code> stands for
   */
  public List<Grant> covering(Route route, AccessRequest request, Claims claims) {
    List<GrantedPattern> found = new ArrayList<>();
    tree.collect(Target.of(route, request), claims, found);
    return found.stream().map(GrantedPattern::grant).distinct().toList();
  }
}

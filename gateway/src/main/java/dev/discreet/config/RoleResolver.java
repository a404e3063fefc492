package dev.discreet.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code roles} of all files, and says what a role holds with all that it includes. */
final class RoleResolver {
  private static final int MAX_DEPTH = 100;

  private static final Key<List<Located<String>>> INCLUDES =
      Key.of(
          "includes",
          Types.list(Types.located(Types.TEXT)),
          "[]",
          "Roles whose permissions this one has too.");
  private static final Key<List<Located<String>>> PERMISSIONS =
      Key.of(
          "permissions",
          Types.list(Types.located(Permissions.GRANTED)),
          "[]",
          "Its permissions; * stands alone, or as the whole last part after a colon.");
  private static final Keys KEYS = Keys.of(INCLUDES, PERMISSIONS).atLeastOne(PERMISSIONS, INCLUDES);
  private static final Type<List<Located<String>>> PLAIN =
      Types.listOf(Types.located(Permissions.GRANTED));

  static final Shape SHAPE = Shape.anyOf(PLAIN.shape(), new Shape.Mapping(KEYS));

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final boolean complete;

  private record Role(
      Node key, List<Located<String>> includes, List<Located<String>> permissions) {}

  /**
   * Resolves roles.
   *
   * @param complete whether every file could be read; else what seems undefined may stand in one
   *     that could not, and is not reported
   */
  RoleResolver(boolean complete) {
    this.complete = complete;
  }

  /** Takes in the roles of one file. */
  void define(List<Node.Member> members) {
    for (Node.Member member : members) {
      Role first = roles.putIfAbsent(member.name(), read(member));
      if (first != null) {
        member.key().error("is defined twice; first at " + first.key().value().place());
      }
    }
  }

  private static Role read(Node.Member member) {
    Node value = member.value();
    if (value.isList()) {
      List<Located<String>> permissions = PLAIN.read(value);
      return new Role(member.key(), List.of(), permissions == null ? List.of() : permissions);
    }
    Section s = Section.of(value, KEYS);
    return new Role(member.key(), s.get(INCLUDES), s.get(PERMISSIONS));
  }

  /** Reports what is included and not defined, and roles that include themselves. */
  void check() {
    Set<String> settled = new HashSet<>();
    for (Map.Entry<String, Role> role : roles.entrySet()) {
      role.getValue().includes().forEach(this::require);
      findCycle(role.getKey(), new ArrayList<>(), settled);
    }
  }

  /** Reports a role that is not defined. */
  void require(Located<String> name) {
    if (complete && !roles.containsKey(name.value())) {
      name.at().errorNear("is not defined under roles", roles.keySet());
    }
  }

  private void findCycle(String name, List<String> above, Set<String> settled) {
    Role role = roles.get(name);
    if (role == null || settled.contains(name)) {
      return;
    }
    int start = above.indexOf(name);
    if (start >= 0) {
      String cycle = String.join(" → ", above.subList(start, above.size())) + " → " + name;
      role.key().error("includes itself: " + cycle);
      return;
    }
    if (above.size() == MAX_DEPTH) {
      role.key().error("is included through more than " + MAX_DEPTH + " others; flatten them");
      return;
    }
    above.add(name);
    role.includes().forEach(included -> findCycle(included.value(), above, settled));
    above.removeLast();
    settled.add(name);
  }

  /** {@return the permissions of a role and all that it includes, as written} */
  Set<String> permissions(String name) {
    Set<String> permissions = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      String next = open.pop();
      Role role = roles.get(next);
      if (role != null && seen.add(next)) {
        role.permissions().forEach(permission -> permissions.add(permission.value()));
        role.includes().forEach(included -> open.push(included.value()));
      }
    }
    return permissions;
  }

  /** {@return every permission that stands in a role} */
  List<Located<String>> written() {
    return roles.values().stream().flatMap(role -> role.permissions().stream()).toList();
  }
}

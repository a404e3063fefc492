package dev.discreet.policy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A grant by one of its patterns.
 *
 * @param order the grant's index in the configuration
 * @param names the names that the pattern gives to segments
 */
record GrantedPattern(Grant grant, int order, List<Name> names) {
  /**
   * Those without a condition, which cost nothing, then the others in the order of the
   * configuration: what a spent budget leaves out must not depend on the order of a set.
   */
  static final Comparator<GrantedPattern> BY_COST =
      Comparator.comparingInt(pattern -> pattern.grant().when() == null ? -1 : pattern.order());

  GrantedPattern {
    names = List.copyOf(names);
  }

  /**
   * A name for a segment.
   *
   * @param at the segment's index
   */
  record Name(String name, int at) {}

  /** {@return whether no name has two different values (SPEC §4)} */
  boolean agrees(Target target) {
    for (int i = 0; i < names.size(); i++) {
      Name name = names.get(i);
      String value = target.resource().segments().get(name.at());
      String captured = target.captures().get(name.name());
      if (captured != null && !captured.equals(value)) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (names.get(j).name().equals(name.name())
            && !target.resource().segments().get(names.get(j).at()).equals(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@return {@code path} in a condition: the captures of the route's template and its own} */
  Map<String, String> captures(Target target) {
    Map<String, String> captures = new HashMap<>(target.captures());
    for (Name name : names) {
      captures.put(name.name(), target.resource().segments().get(name.at()));
    }
    return captures;
  }
}

package dev.discreet.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A grant by one of its patterns.
 *
 * @param names the names that the pattern gives to segments
 */
record GrantedPattern(Grant grant, List<Name> names) {
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

package dev.discreet.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is changed of heads that pass on a route; the decision itself reads none of it.
 *
 * @param request of what is sent upstream
 * @param response of what the upstream answers
 */
public record HeaderChanges(Change request, Change response) {
  /** Nothing is changed. */
  public static final HeaderChanges NONE =
      new HeaderChanges(new Change(Map.of(), Set.of()), new Change(Map.of(), Set.of()));

  /**
   * Of one direction.
   *
   * @param set values by name, in lower case
   * @param dropped the names of which nothing passes that others say, those that are set among
   *     them; as every reader reads them, in lower case with {@code _} and {@code .} as dashes
   */
  public record Change(Map<String, String> set, Set<String> dropped) {
    public Change {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
      dropped = Set.copyOf(dropped);
    }
  }
}

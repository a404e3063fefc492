package dev.discreet.cli;

import dev.discreet.ask.Policy;
import dev.discreet.config.Suggestions;
import dev.discreet.policy.PathTemplate.Segment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code --path-values} as the gateway would read them in a request's path. */
final class PathValues {
  private PathValues() {}

  /**
   * {@return what the variables stand for, by name}
   *
   * @param policies those that are asked; each must take every value
   * @throws CommandFailed if none has such a variable, or a value is not one segment
   */
  static Map<String, String> read(Map<String, String> written, List<Policy> policies)
      throws CommandFailed {
    Set<String> names = new TreeSet<>();
    policies.forEach(policy -> names.addAll(variables(policy)));
    Map<String, String> read = new TreeMap<>();
    for (Map.Entry<String, String> value : written.entrySet()) {
      requireKnown(value.getKey(), names);
      for (Policy policy : policies) {
        read.put(value.getKey(), segment(value.getKey(), value.getValue(), policy));
      }
    }
    return read;
  }

  private static Set<String> variables(Policy policy) {
    Set<String> names = new TreeSet<>();
    policy.config().routes().routes().stream()
        .flatMap(route -> route.path().segments().stream())
        .forEach(
            segment -> {
              if (segment instanceof Segment.Variable(String name)) {
                names.add(name);
              }
            });
    return names;
  }

  private static void requireKnown(String name, Set<String> names) throws CommandFailed {
    if (!names.contains(name)) {
      String near = Suggestions.near(name, names);
      throw new CommandFailed(
          CommandFailed.WRONG_USE,
          "--path-values: no path of a route has the variable "
              + name
              + (near == null ? "" : "; did you mean " + near + "?"));
    }
  }

  private static String segment(String name, String value, Policy policy) throws CommandFailed {
    try {
      return policy.segment(value);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          CommandFailed.WRONG_USE,
          "--path-values: " + name + "=" + value + " " + e.getMessage(),
          e);
    }
  }
}

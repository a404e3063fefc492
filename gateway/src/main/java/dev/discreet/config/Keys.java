package dev.discreet.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a mapping.
 *
 * @param known by name
 * @param refused keys that have a meaning, though not here: why
 * @param rules what holds between them
 */
record Keys(Map<String, Key<?>> known, Map<String, String> refused, List<Rule> rules) {
  static Keys of(Key<?>... keys) {
    Map<String, Key<?>> known = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> known.put(key.name(), key));
    return new Keys(known, Map.of(), List.of());
  }

  /** {@return these keys, and those that CONFIGURATION.md has and this version does not} */
  Keys later(String... names) {
    return refuse(List.of(names), "is not supported by this version; remove it");
  }

  /** {@return these keys, and others of which it is said why they can't stand here} */
  Keys refuse(Iterable<String> names, String why) {
    Map<String, String> all = new LinkedHashMap<>(refused);
    names.forEach(name -> all.put(name, why));
    return new Keys(known, all, rules);
  }

  /** {@return these keys, exactly one of the given ones} */
  Keys exactlyOne(Key<?>... keys) {
    return rule(new Rule.ExactlyOne(Arrays.stream(keys).map(Key::name).toList()));
  }

  /** {@return these keys, at least one of the two} */
  Keys atLeastOne(Key<?> one, Key<?> other) {
    return rule(new Rule.AtLeastOne(one.name(), other.name()));
  }

  /** {@return these keys, both of the two or neither} */
  Keys together(Key<?> one, Key<?> other) {
    return rule(new Rule.Together(one.name(), other.name()));
  }

  /** {@return these keys, the others only beside the one} */
  Keys onlyBeside(Key<?> one, Key<?>... others) {
    return rule(new Rule.OnlyBeside(one.name(), Arrays.stream(others).map(Key::name).toList()));
  }

  private Keys rule(Rule rule) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(rule);
    return new Keys(known, refused, all);
  }

  /** {@return these keys and those of {@code others}} */
  Keys and(Keys others) {
    Map<String, Key<?>> all = new LinkedHashMap<>(known);
    all.putAll(others.known);
    Map<String, String> allRefused = new LinkedHashMap<>(refused);
    allRefused.putAll(others.refused);
    List<Rule> allRules = new ArrayList<>(rules);
    allRules.addAll(others.rules);
    return new Keys(all, allRefused, allRules);
  }

  Set<String> names() {
    return known.keySet();
  }
}

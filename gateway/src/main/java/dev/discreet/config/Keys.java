package dev.discreet.config;

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
 */
record Keys(Map<String, Key<?>> known, Map<String, String> refused) {
  static Keys of(Key<?>... keys) {
    Map<String, Key<?>> known = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> known.put(key.name(), key));
    return new Keys(known, Map.of());
  }

  /** {@return these keys, and those that CONFIGURATION.md has and this version does not} */
  Keys later(String... names) {
    return refuse(List.of(names), "is not supported by this version; remove it");
  }

  /** {@return these keys, and others of which it is said why they can't stand here} */
  Keys refuse(Iterable<String> names, String why) {
    Map<String, String> all = new LinkedHashMap<>(refused);
    names.forEach(name -> all.put(name, why));
    return new Keys(known, all);
  }

  /** {@return these keys and those of {@code others}} */
  Keys and(Keys others) {
    Map<String, Key<?>> all = new LinkedHashMap<>(known);
    all.putAll(others.known);
    Map<String, String> allRefused = new LinkedHashMap<>(refused);
    allRefused.putAll(others.refused);
    return new Keys(all, allRefused);
  }

  Set<String> names() {
    return known.keySet();
  }
}

package dev.discreet.config;

import java.util.List;

/**
 * What a YAML file says, with its places. Every scalar is text until the type of its key reads it.
 */
sealed interface Value {
  Place place();

  /**
   * A scalar.
   *
   * @param raw as written, variables not yet read
   * @param plain whether it stands without quotes
   */
  record Text(Place place, String raw, boolean plain) implements Value {}

  record Items(Place place, List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A mapping; no key stands twice. */
  record Entries(Place place, List<Entry> entries) implements Value {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  record Entry(Text key, Value value) {}
}

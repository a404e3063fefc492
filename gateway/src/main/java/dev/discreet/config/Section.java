package dev.discreet.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose keys are defined. Every key is read when the mapping is, so that a problem with
 * one never hides a problem with another.
 */
final class Section {
  /** No key stands in it, and none was asked for. */
  static final Section EMPTY = new Section(Map.of(), Map.of(), true);

  private static final Section NONE = new Section(Map.of(), Map.of(), false);

  private final Map<String, Node> nodes;
  private final Map<String, Object> values;
  private final boolean whole;

  private Section(Map<String, Node> nodes, Map<String, Object> values, boolean whole) {
    this.nodes = nodes;
    this.values = values;
    this.whole = whole;
  }

  /** Reads a mapping and reports what is wrong with it. */
  static Section of(Node node, Keys keys) {
    if (!(node.value() instanceof Value.Entries)) {
      node.members();
      return NONE;
    }
    Map<String, Node> nodes = new HashMap<>();
    Map<String, Object> values = new HashMap<>();
    for (Node.Member member : node.members()) {
      Key<?> key = keys.known().get(member.name());
      if (key == null) {
        refuse(member, keys);
        continue;
      }
      nodes.put(key.name(), member.value());
      Object value = key.type().read(member.value());
      if (value != null) {
        values.put(key.name(), value);
      }
    }
    for (Key<?> key : keys.known().values()) {
      if (key.required() && !nodes.containsKey(key.name())) {
        node.error("needs the key " + key.name());
      }
    }
    return new Section(nodes, values, followsRules(node, keys, nodes));
  }

  /** Reports the first rule that is broken: others may only follow from it. */
  private static boolean followsRules(Node node, Keys keys, Map<String, Node> nodes) {
    for (Rule rule : keys.rules()) {
      String broken = rule.broken(nodes::containsKey);
      if (broken != null) {
        node.error(broken);
        return false;
      }
    }
    return true;
  }

  private static void refuse(Node.Member member, Keys keys) {
    String why = keys.refused().get(member.name());
    if (why != null) {
      member.key().error(why);
    } else {
      member.key().errorNear("is not a key that is known here", keys.names());
    }
  }

  /** {@return whether this is a mapping, and what holds between its keys holds} */
  boolean whole() {
    return whole;
  }

  /** {@return whether the key stands here} */
  boolean has(Key<?> key) {
    return nodes.containsKey(key.name());
  }

  /** {@return what stands under the key, unread} */
  @Nullable Node node(Key<?> key) {
    return nodes.get(key.name());
  }

  /** {@return the value; the fallback or null if it is absent or wrong} */
  @SuppressWarnings("unchecked") // put there by the type of the key of this name
  <T> @Nullable T find(Key<T> key) {
    T value = (T) values.get(key.name());
    return value != null ? value : key.fallback();
  }

  /** {@return the value; the fallback, which the key must have, if it is absent or wrong} */
  <T> T get(Key<T> key) {
    return Objects.requireNonNull(find(key));
  }
}

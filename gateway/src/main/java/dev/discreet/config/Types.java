package dev.discreet.config;

import dev.discreet.policy.ClaimPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The types of values. */
final class Types {
  static final Type<String> TEXT = Node::text;
  static final Type<Duration> DURATION = parsed(Durations::parse);
  static final Type<Duration> POSITIVE_DURATION = parsed(Durations::parsePositive);
  static final Type<Boolean> BOOLEAN = choice(Map.of("true", true, "false", false));
  static final Type<ClaimPath> CLAIM = parsed(ClaimPath::parse);
  static final Type<List<Node>> ITEMS = Node::items;
  static final Type<List<Node.Member>> MEMBERS = Node::members;

  private Types() {}

  /** Text that {@code parser} reads, or refuses by an {@link IllegalArgumentException}. */
  static <T> Type<T> parsed(Function<String, T> parser) {
    return node -> node.parse(parser);
  }

  /** One of the given words. */
  static <T> Type<T> choice(Map<String, T> words) {
    return node -> {
      String word = node.text();
      if (word == null) {
        return null;
      }
      T value = words.get(word);
      if (value == null) {
        String all = String.join(", ", words.keySet().stream().sorted().toList());
        node.errorNear("is none of " + all, words.keySet());
      }
      return value;
    };
  }

  /**
   * One of the given words, or one of those that CONFIGURATION.md has and this version does not.
   */
  static <T> Type<T> choice(Map<String, T> words, List<String> later) {
    Type<T> type = choice(words);
    return node -> {
      if (later.contains(node.raw())) {
        node.error("is not supported by this version");
        return null;
      }
      return type.read(node);
    };
  }

  /** A whole number. */
  static Type<Integer> count(int least, int most) {
    return parsed(text -> (int) Sizes.number(text, least, most));
  }

  /** A size in octets. */
  static Type<Long> size(long least, long most) {
    return parsed(text -> Sizes.parse(text, least, most));
  }

  /** A list with at least one item, each of a type. */
  static <T> Type<List<T>> listOf(Type<T> type) {
    return node -> {
      List<T> all = list(type).read(node);
      if (node.isList() && node.items().isEmpty()) {
        node.error("is empty; name at least one");
      }
      return all;
    };
  }

  /** A list, each item of a type; items that are wrong are left out. */
  static <T> Type<List<T>> list(Type<T> type) {
    return node -> readAll(node.items(), type);
  }

  /** One value, or a list of at least one. */
  static <T> Type<List<T>> oneOrListOf(Type<T> type) {
    return node -> node.isList() ? listOf(type).read(node) : readAll(List.of(node), type);
  }

  /** Names that the user chose, each with a value of a type. */
  static <T> Type<Map<String, T>> mapOf(Type<T> type) {
    return node -> {
      Map<String, T> all = new LinkedHashMap<>();
      for (Node.Member member : node.members()) {
        T value = type.read(member.value());
        if (value != null) {
          all.put(member.name(), value);
        }
      }
      return all;
    };
  }

  /** What was read, and where it stands. */
  static <T> Type<Located<T>> located(Type<T> type) {
    return node -> {
      T value = type.read(node);
      return value == null ? null : new Located<>(value, node);
    };
  }

  private static <T> List<T> readAll(List<Node> nodes, Type<T> type) {
    List<T> all = new ArrayList<>();
    for (Node node : nodes) {
      T value = type.read(node);
      if (value != null) {
        all.add(value);
      }
    }
    return all;
  }
}

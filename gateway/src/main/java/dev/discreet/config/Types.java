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
  static final Type<String> TEXT = new Type<>(Shape.TEXT, Node::text);
  static final Type<Duration> DURATION =
      new Type<>(
          Shape.anyOf(new Shape.Count(0, 0), new Shape.Text("0|[0-9]{1,12}(?:ms|s|m|h)")),
          node -> node.parse(Durations::parse));
  static final Type<Duration> POSITIVE_DURATION =
      parsed("(?=0*[1-9])[0-9]{1,12}(?:ms|s|m|h)", Durations::parsePositive);
  static final Type<Boolean> BOOLEAN =
      new Type<>(Shape.FLAG, choice(Map.of("true", true, "false", false)).reader());
  static final Type<ClaimPath> CLAIM =
      parsed("[^/][\\s\\S]*|(?:/(?:[^~/]|~[01])*)+", ClaimPath::parse);

  private Types() {}

  /**
   * Text that {@code parser} reads, or refuses by an {@link IllegalArgumentException}.
   *
   * @param pattern what the parser reads matches it as a whole; the parser may be stricter
   */
  static <T> Type<T> parsed(String pattern, Function<String, T> parser) {
    return new Type<>(new Shape.Text(pattern), node -> node.parse(parser));
  }

  /** One of the given words. */
  static <T> Type<T> choice(Map<String, T> words) {
    List<String> sorted = words.keySet().stream().sorted().toList();
    return new Type<>(
        new Shape.Choice(sorted),
        node -> {
          String word = node.text();
          if (word == null) {
            return null;
          }
          T value = words.get(word);
          if (value == null) {
            node.errorNear("is none of " + String.join(", ", sorted), sorted);
          }
          return value;
        });
  }

  /** A whole number. */
  static Type<Integer> count(int least, int most) {
    return new Type<>(
        new Shape.Count(least, most),
        node -> node.parse(text -> (int) Sizes.number(text, least, most)));
  }

  /** A size in octets. */
  static Type<Long> size(long least, long most) {
    return new Type<>(
        Shape.anyOf(new Shape.Count(least, most), new Shape.Text("[0-9]{1,15}(?:B|KiB|MiB|GiB)")),
        node -> node.parse(text -> Sizes.parse(text, least, most)));
  }

  /** A list with at least one item, each of a type. */
  static <T> Type<List<T>> listOf(Type<T> type) {
    return new Type<>(
        new Shape.Items(type.shape(), 1),
        node -> {
          List<T> all = list(type).read(node);
          if (node.isList() && node.items().isEmpty()) {
            node.error("is empty; name at least one");
          }
          return all;
        });
  }

  /** A list, each item of a type; items that are wrong are left out. */
  static <T> Type<List<T>> list(Type<T> type) {
    return new Type<>(new Shape.Items(type.shape(), 0), node -> readAll(node.items(), type));
  }

  /** One value, or a list of at least one. */
  static <T> Type<List<T>> oneOrListOf(Type<T> type) {
    return new Type<>(
        Shape.oneOrList(type.shape()),
        node -> node.isList() ? listOf(type).read(node) : readAll(List.of(node), type));
  }

  /** A mapping whose keys are defined. */
  static <T> Type<T> mapping(Keys keys, Function<Section, T> reader) {
    return new Type<>(new Shape.Mapping(keys), node -> reader.apply(Section.of(node, keys)));
  }

  /** A list whose items are read later. */
  static Type<List<Node>> items(Shape item) {
    return new Type<>(new Shape.Items(item, 0), Node::items);
  }

  /** Names that the user chose, what stands under each being read later. */
  static Type<List<Node.Member>> members(Shape.Names shape) {
    return new Type<>(shape, Node::members);
  }

  /** Names that the user chose, each with a value of a type. */
  static <T> Type<Map<String, T>> mapOf(Type<T> type) {
    return new Type<>(
        Shape.names(type.shape()),
        node -> {
          Map<String, T> all = new LinkedHashMap<>();
          for (Node.Member member : node.members()) {
            T value = type.read(member.value());
            if (value != null) {
              all.put(member.name(), value);
            }
          }
          return all;
        });
  }

  /** What was read, and where it stands. */
  static <T> Type<Located<T>> located(Type<T> type) {
    return new Type<>(
        type.shape(),
        node -> {
          T value = type.read(node);
          return value == null ? null : new Located<>(value, node);
        });
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

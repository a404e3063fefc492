package dev.discreet.config;

import dev.discreet.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to a type: it knows its key path, and how to complain.
 *
 * @param value what the file says
 * @param path its key path
 * @param source what reading it needs
 */
record Node(Value value, String path, Source source) {
  /** A name that the user chose, and what stands under it. */
  record Member(Node key, Node value) {
    String name() {
      return key.raw();
    }
  }

  boolean isText() {
    return value instanceof Value.Text;
  }

  boolean isList() {
    return value instanceof Value.Items;
  }

  /** {@return the text as written, or empty if this is not text} */
  String raw() {
    return value instanceof Value.Text text ? text.raw() : "";
  }

  boolean isPlain() {
    return value instanceof Value.Text text && text.plain();
  }

  boolean says(String word) {
    return isText() && raw().equals(word);
  }

  /** {@return the text with its variables read, or null after a problem} */
  @Nullable String text() {
    return parse(Function.identity());
  }

  /**
   * {@return the text as {@code parser} reads it, or null after a problem}
   *
   * @param parser throws {@link IllegalArgumentException} with the message for the user
   */
  <T> @Nullable T parse(Function<String, T> parser) {
    if (!(value instanceof Value.Text text)) {
      error("must be text, not " + kind());
      return null;
    }
    try {
      String read = source.variables().apply(text.raw());
      if (read.isEmpty()) {
        error("is empty; write a value or remove the key");
        return null;
      }
      return parser.apply(read);
    } catch (IllegalArgumentException e) {
      error(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** As {@link #parse}, of a key: variables are not read in keys. */
  <T> @Nullable T parseKey(Function<String, T> parser) {
    try {
      return parser.apply(raw());
    } catch (IllegalArgumentException e) {
      error(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** {@return the items of a list; none after a problem} */
  List<Node> items() {
    if (!(value instanceof Value.Items list)) {
      error("must be a list, not " + kind() + "; write [ … ]");
      return List.of();
    }
    List<Node> items = new ArrayList<>();
    for (Value item : list.items()) {
      items.add(new Node(item, path + "[" + items.size() + "]", source));
    }
    return items;
  }

  /** {@return the items of a list, or this alone} */
  List<Node> itemsOrSelf() {
    return isList() ? items() : List.of(this);
  }

  /** {@return the members of a mapping; none after a problem} */
  List<Member> members() {
    if (!(value instanceof Value.Entries mapping)) {
      error("must be a mapping of keys to values, not " + kind());
      return List.of();
    }
    return mapping.entries().stream().map(this::member).toList();
  }

  private Member member(Value.Entry entry) {
    String child = KeyPath.child(path, entry.key().raw());
    return new Member(new Node(entry.key(), child, source), new Node(entry.value(), child, source));
  }

  private String kind() {
    return switch (value) {
      case Value.Text text -> text.raw().isEmpty() ? "empty" : "text";
      case Value.Items _ -> "a list";
      case Value.Entries _ -> "a mapping";
    };
  }

  /**
   * An error within this text.
   *
   * @param offset the index of its character, in code points
   * @param part what is wrong
   * @param suggestion what may be meant, or null
   */
  void errorAt(int offset, String part, String message, @Nullable String suggestion) {
    Place place = Written.of(source.text(), value.place(), raw(), offset);
    source.problems().add(Severity.ERROR, place, path, part, message, suggestion);
  }

  /** As {@link #errorAt}, of what can be used all the same. */
  void warnAt(int offset, String part, String message, @Nullable String suggestion) {
    Place place = Written.of(source.text(), value.place(), raw(), offset);
    source.problems().add(Severity.WARNING, place, path, part, message, suggestion);
  }

  void error(String message) {
    source.problems().add(Severity.ERROR, value.place(), path, raw(), message, null);
  }

  /** An error about a word that is none of {@code known}. */
  void errorNear(String message, Collection<String> known) {
    source
        .problems()
        .add(
            Severity.ERROR,
            value.place(),
            path,
            raw(),
            message,
            source.problems().near(raw(), known));
  }

  /** An error about a value that may be a secret: it is not shown. */
  void errorUnshown(String message) {
    source.problems().add(Severity.ERROR, value.place(), path, "", message, null);
  }

  /** A warning about a word where one of {@code known} may be meant. */
  void warnNear(String message, String word, Collection<String> known) {
    source
        .problems()
        .add(
            Severity.WARNING,
            value.place(),
            path,
            raw(),
            message,
            source.problems().near(word, known));
  }

  void warn(String message) {
    source.problems().add(Severity.WARNING, value.place(), path, raw(), message, null);
  }
}

package dev.discreet.openapi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a document says, JSON or YAML, and in which lines. Every single value is text. */
sealed interface Tree {
  /** {@return the line where it begins, from 1} */
  int line();

  /** A string, number, boolean or null, as written. */
  record Text(int line, String text) implements Tree {}

  /** A list. */
  record Items(int line, List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An object, in its order. */
  record Members(int line, Map<String, Tree> members) implements Tree {
    static final Members NONE = new Members(0, Map.of());

    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Nullable Tree get(String name) {
      return members.get(name);
    }

    /** {@return the text of this name, or empty} */
    String text(String name) {
      return members.get(name) instanceof Text(int _, String text) ? text : "";
    }

    /** {@return the items of the list of this name, or none} */
    List<Tree> items(String name) {
      return members.get(name) instanceof Items(int _, List<Tree> items) ? items : List.of();
    }
  }
}

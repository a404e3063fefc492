package dev.discreet.openapi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a document says, JSON or YAML, and where. Every single value is text. */
sealed interface Tree {
  /** {@return where it begins; of a member, where its name does} */
  Place at();

  /** A string, number, boolean or null, as written. */
  record Text(Place at, String text) implements Tree {}

  /** A list. */
  record Items(Place at, List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An object, in its order. */
  record Members(Place at, Map<String, Tree> members) implements Tree {
    static final Members NONE = new Members(new Place(1, 1), Map.of());

    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Nullable Tree get(String name) {
      return members.get(name);
    }

    /** {@return the text of this name, or empty} */
    String text(String name) {
      return members.get(name) instanceof Text(Place _, String text) ? text : "";
    }

    /** {@return the items of the list of this name, or none} */
    List<Tree> items(String name) {
      return members.get(name) instanceof Items(Place _, List<Tree> items) ? items : List.of();
    }
  }
}

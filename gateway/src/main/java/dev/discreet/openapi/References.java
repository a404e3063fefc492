package dev.discreet.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows <code>$ref</code> within the document (RFC 6901); others lead nowhere. */
final class References {
  private final Tree root;

  References(Tree root) {
    this.root = root;
  }

  /** {@return what stands there once references are followed, or null where they lead nowhere} */
  Tree.@Nullable Members resolve(@Nullable Tree tree) throws BadDocumentException {
    Set<String> followed = new HashSet<>();
    Tree at = tree;
    while (at instanceof Tree.Members members && members.get("$ref") instanceof Tree.Text ref) {
      if (!followed.add(ref.text())) {
        throw new BadDocumentException(
            ref.at(), "the reference " + ref.text() + " leads back to itself");
      }
      at = ref.text().startsWith("#") ? target(ref.text().substring(1)) : null;
    }
    return at instanceof Tree.Members members ? members : null;
  }

  /** {@return what the reference of {@code members} names, or null} */
  @Nullable Tree next(Tree.Members members) {
    return members.get("$ref") instanceof Tree.Text ref && ref.text().startsWith("#")
        ? target(ref.text().substring(1))
        : null;
  }

  /** {@return why {@link #resolve} found nothing} */
  String unresolved(Tree tree) {
    String followed = "";
    Tree at = tree;
    while (at instanceof Tree.Members members && members.get("$ref") instanceof Tree.Text ref) {
      followed = ref.text();
      at = followed.startsWith("#") ? target(followed.substring(1)) : null;
    }
    if (followed.isEmpty()) {
      return "must be an object";
    }
    return followed.startsWith("#")
        ? "refers to " + followed + ", where the document has no object"
        : "is in another file; bundle the document into one first";
  }

  private @Nullable Tree target(String pointer) {
    Tree at = root;
    if (pointer.isEmpty()) {
      return at;
    }
    for (String step : decoded(pointer.substring(1)).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      at =
          switch (at) {
            case Tree.Members members -> members.get(name);
            case Tree.Items items -> item(items, name);
            case Tree.Text _ -> null;
            case null -> null;
          };
    }
    return at;
  }

  private static @Nullable Tree item(Tree.Items items, String index) {
    if (!index.matches("[0-9]{1,6}")) {
      return null;
    }
    int at = Integer.parseInt(index);
    return at < items.items().size() ? items.items().get(at) : null;
  }

  private static String decoded(String pointer) {
    try {
      return URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return pointer;
    }
  }
}

package dev.discreet.openapi;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path item together with what its <code>$ref</code> names: members may stand in both (OpenAPI
 * 3.1.0 §4.8.9.1).
 *
 * @param members of all of them
 * @param twice names of those that stand in several
 */
record PathItem(Tree.Members members, Set<String> twice) {
  /** Why what stands twice is not read. */
  static final String UNDEFINED =
      "stands beside $ref and in what that names; OpenAPI does not say which one counts";

  /** {@return the item, or null where its reference leads nowhere} */
  static @Nullable PathItem of(Tree tree, References references) throws BadDocumentException {
    if (references.resolve(tree) == null) {
      return null;
    }
    Map<String, Tree> members = new LinkedHashMap<>();
    Set<String> twice = new HashSet<>();
    Tree at = tree;
    while (at instanceof Tree.Members item) {
      for (Map.Entry<String, Tree> member : item.members().entrySet()) {
        if (members.putIfAbsent(member.getKey(), member.getValue()) != null) {
          twice.add(member.getKey());
        }
      }
      at = references.next(item);
    }
    return new PathItem(new Tree.Members(tree.at(), members), twice);
  }
}

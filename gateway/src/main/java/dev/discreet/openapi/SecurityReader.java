package dev.discreet.openapi;

import dev.discreet.policy.Requirement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * From {@code security} to what a method asks. Where the document can be understood in several
 * ways, the stricter one is taken and noted: only an explicit {@code security: []} or <code>{}
 * </code> is public.
 */
final class SecurityReader {
  private static final Pattern PERMISSION =
      Pattern.compile(
          "(?!(?:public|authenticated|token)$)[\\x21\\x23-\\x29\\x2B-\\x5B\\x5D-\\x7E]+");

  private final Tree.Members root;

  SecurityReader(Tree.Members root) {
    this.root = root;
  }

  /**
   * {@return what the operation asks}
   *
   * @param derived the permission that is asked where the document names no scope
   */
  Asked read(Operation operation, String derived) {
    Tree own = operation.definition().get("security");
    Tree security = own == null ? root.get("security") : own;
    if (!(security instanceof Tree.Items(Place _, List<Tree> alternatives))) {
      return Asked.made(derived, "the document says nothing of security here");
    }
    if (alternatives.isEmpty()) {
      return Asked.of(Requirement.Public.PUBLIC, null);
    }
    if (alternatives.stream().anyMatch(SecurityReader::isNone)) {
      return Asked.of(Requirement.Public.PUBLIC, "a token is optional there");
    }
    List<Set<String>> all = alternatives.stream().map(SecurityReader::scopes).distinct().toList();
    List<Set<String>> scoped = all.stream().filter(scopes -> !scopes.isEmpty()).toList();
    if (scoped.isEmpty()) {
      return Asked.made(derived, "no scopes");
    }
    if (scoped.stream().flatMap(Set::stream).anyMatch(s -> !PERMISSION.matcher(s).matches())) {
      return Asked.made(derived, "a scope can't be a permission: " + scoped);
    }
    return asked(scoped, scoped.size() < all.size());
  }

  private static Asked asked(List<Set<String>> scoped, boolean unscoped) {
    String note = unscoped ? "the document also has a way in without scopes" : null;
    if (scoped.size() > 1 && scoped.stream().allMatch(scopes -> scopes.size() == 1)) {
      return Asked.of(
          new Requirement.AnyOf(scoped.stream().map(s -> s.iterator().next()).toList()), note);
    }
    return Asked.of(
        new Requirement.AllOf(List.copyOf(scoped.getFirst())),
        scoped.size() == 1 ? note : "the first of " + scoped + ", of which one can't be asked");
  }

  private static boolean isNone(Tree alternative) {
    return alternative instanceof Tree.Members(Place _, Map<String, Tree> schemes)
        && schemes.isEmpty();
  }

  private static Set<String> scopes(Tree alternative) {
    Set<String> scopes = new LinkedHashSet<>();
    if (alternative instanceof Tree.Members(Place _, Map<String, Tree> schemes)) {
      for (Tree scheme : schemes.values()) {
        if (scheme instanceof Tree.Items(Place _, List<Tree> names)) {
          names.stream()
              .filter(Tree.Text.class::isInstance)
              .forEach(name -> scopes.add(((Tree.Text) name).text()));
        }
      }
    }
    return scopes;
  }
}

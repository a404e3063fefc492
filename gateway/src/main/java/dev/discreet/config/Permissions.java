package dev.discreet.config;

import dev.discreet.policy.Requirement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of permissions (RFC 6749 §3.3 scope-token characters), and what routes ask by them. */
final class Permissions {
  private static final String PLAIN = "[\\x21\\x23-\\x29\\x2B-\\x5B\\x5D-\\x7E]+";
  private static final Pattern NAME = Pattern.compile(PLAIN);
  private static final String UNRESERVED = "(?!(?:public|authenticated|token)$)";
  private static final Set<String> RESERVED = Set.of("public", "authenticated", "token");

  static final Type<String> ASKED = Types.parsed(UNRESERVED + PLAIN, Permissions::asked);
  static final Type<String> GRANTED =
      Types.parsed("\\*|" + UNRESERVED + PLAIN + "(?:(?<=:)\\*)?", Permissions::granted);

  private static final Key<List<String>> ANY_OF =
      Key.required("anyOf", Types.listOf(ASKED), "Permissions of which one is enough.");
  private static final Keys ALTERNATIVES = Keys.of(ANY_OF);

  /** A permission, a list of them or {@code {anyOf: […]}}. */
  static final Type<Requirement> REQUIRED =
      new Type<>(
          Shape.anyOf(Shape.oneOrList(ASKED.shape()), new Shape.Mapping(ALTERNATIVES)),
          Permissions::required);

  private Permissions() {}

  private static @Nullable Requirement required(Node node) {
    if (node.isText() || node.isList()) {
      List<String> all = Types.oneOrListOf(ASKED).read(node);
      return all == null || all.isEmpty() ? null : new Requirement.AllOf(all);
    }
    List<String> any = Section.of(node, ALTERNATIVES).find(ANY_OF);
    return any == null || any.isEmpty() ? null : new Requirement.AnyOf(any);
  }

  /** {@return the permissions that are named} */
  static List<String> of(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Public _, Requirement.Authenticated _ -> List.of();
      case Requirement.AllOf(List<String> all) -> all;
      case Requirement.AnyOf(List<String> any) -> any;
    };
  }

  private static String asked(String text) {
    refuseReserved(text);
    if (text.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "has a wildcard; a route asks for plain permissions, wildcards stand in grants");
    }
    return name(text, text);
  }

  private static String granted(String text) {
    refuseReserved(text);
    if (text.equals("*")) {
      return text;
    }
    String stem = text.endsWith(":*") ? text.substring(0, text.length() - 2) : text;
    if (stem.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "has a * within; it stands alone, or as the whole last part after a colon");
    }
    return name(stem, text);
  }

  private static String name(String checked, String text) {
    if (!NAME.matcher(checked).matches()) {
      throw new IllegalArgumentException(
          "is not a permission; it is made of printable ASCII without space, \" and \\");
    }
    return text;
  }

  private static void refuseReserved(String text) {
    if (RESERVED.contains(text)) {
      throw new IllegalArgumentException(
          "is a reserved word, not a permission; it stands alone where it is allowed at all");
    }
  }
}

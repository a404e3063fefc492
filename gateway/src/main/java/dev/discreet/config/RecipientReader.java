package dev.discreet.config;

import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant.To;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code grants[].to}. */
final class RecipientReader {
  static final Key<List<Located<String>>> ISSUER =
      Key.optional(
          "issuer",
          Types.oneOrListOf(Types.located(Types.TEXT)),
          "Whose callers: a name under issuers, a list of them, or any. Needed with several issuers.");
  private static final Key<List<String>> SUBJECT =
      Key.optional("subject", Types.oneOrListOf(Types.TEXT), "The sub of a caller, or a list.");
  private static final Key<List<String>> GROUP =
      Key.optional("group", Types.oneOrListOf(Types.TEXT), "A group of callers, or a list.");
  private static final Key<ClaimPath> CLAIM =
      Key.optional("claim", Types.CLAIM, "A claim's name, or a JSON Pointer to it.");
  private static final Key<List<Object>> IS =
      Key.optional(
          "is",
          Types.oneOrListOf(new Type<>(new Shape.Scalar(), ScalarValues::read)),
          "What the claim is, or a list; type and value are compared.");
  private static final Keys KEYS =
      Keys.of(ISSUER, SUBJECT, GROUP, CLAIM, IS)
          .exactlyOne(SUBJECT, GROUP, CLAIM)
          .together(CLAIM, IS);
  private static final List<String> WORDS = List.of("anyone", "authenticated");

  static final Type<Recipient> TYPE =
      new Type<>(
          Shape.anyOf(new Shape.Choice(WORDS), new Shape.Mapping(KEYS)), RecipientReader::read);

  /**
   * To whom.
   *
   * @param issuer what stands within {@code to} itself, or null
   */
  record Recipient(To to, @Nullable Node issuerNode, @Nullable List<Located<String>> issuer) {}

  private RecipientReader() {}

  private static @Nullable Recipient read(Node node) {
    if (node.isText()) {
      return word(node);
    }
    Section s = Section.of(node, KEYS);
    To to = s.whole() ? to(s) : null;
    return to == null ? null : new Recipient(to, s.node(ISSUER), s.find(ISSUER));
  }

  private static @Nullable Recipient word(Node node) {
    String word = node.text();
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "anyone" -> new Recipient(To.Anyone.ANYONE, null, null);
      case "authenticated" -> new Recipient(To.AnyAuthenticated.ANY_AUTHENTICATED, null, null);
      default -> {
        node.errorNear(
            "is neither anyone nor authenticated; a person is {subject: …}, a group {group: …}",
            WORDS);
        yield null;
      }
    };
  }

  private static @Nullable To to(Section s) {
    List<String> subjects = s.find(SUBJECT);
    List<String> groups = s.find(GROUP);
    ClaimPath claim = s.find(CLAIM);
    List<Object> values = s.find(IS);
    if (subjects != null) {
      return new To.Subjects(new LinkedHashSet<>(subjects));
    }
    if (groups != null) {
      return new To.Groups(new LinkedHashSet<>(groups));
    }
    return claim == null || values == null ? null : new To.Claimants(claim, new HashSet<>(values));
  }
}

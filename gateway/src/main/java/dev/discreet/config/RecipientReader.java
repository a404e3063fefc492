package dev.discreet.config;

import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant.To;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code grants[].to}. */
final class RecipientReader {
  static final Key<List<Located<String>>> ISSUER =
      Key.optional("issuer", Types.oneOrListOf(Types.located(Types.TEXT)));
  private static final Key<List<String>> SUBJECT =
      Key.optional("subject", Types.oneOrListOf(Types.TEXT));
  private static final Key<List<String>> GROUP =
      Key.optional("group", Types.oneOrListOf(Types.TEXT));
  private static final Key<ClaimPath> CLAIM = Key.optional("claim", Types.CLAIM);
  private static final Key<List<Object>> IS =
      Key.optional("is", Types.oneOrListOf(ScalarValues::read));
  private static final Keys KEYS = Keys.of(ISSUER, SUBJECT, GROUP, CLAIM, IS);

  /**
   * To whom.
   *
   * @param issuer what stands within {@code to} itself, or null
   */
  record Recipient(To to, @Nullable Node issuerNode, @Nullable List<Located<String>> issuer) {}

  private RecipientReader() {}

  static @Nullable Recipient read(Node node) {
    if (node.isText()) {
      return word(node);
    }
    Section s = Section.of(node, KEYS);
    To to = to(node, s);
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
            List.of("anyone", "authenticated"));
        yield null;
      }
    };
  }

  private static @Nullable To to(Node node, Section s) {
    if (node.isList()) {
      return null;
    }
    if (Stream.of(SUBJECT, GROUP, CLAIM).filter(s::has).count() != 1) {
      node.error("needs exactly one of the keys subject, group and claim");
      return null;
    }
    if (s.has(CLAIM) != s.has(IS)) {
      node.error("needs both claim and is, or neither");
      return null;
    }
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

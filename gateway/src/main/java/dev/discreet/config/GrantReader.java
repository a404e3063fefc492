package dev.discreet.config;

import dev.discreet.policy.Condition;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.Gives;
import dev.discreet.policy.PermissionSet;
import dev.discreet.policy.ResourcePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code grants[]}. */
final class GrantReader {
  private static final Key<RecipientReader.Recipient> TO =
      Key.required(
          "to",
          RecipientReader.TYPE,
          "To whom: anyone, authenticated, {subject: S}, {group: G}, {claim: claim, is: value}.");
  private static final Key<Located<String>> ROLE =
      Key.optional("role", Types.located(Types.TEXT), "A role whose permissions are given.");
  private static final Key<List<Located<String>>> ROLES =
      Key.optional(
          "roles", Types.listOf(Types.located(Types.TEXT)), "Roles whose permissions are given.");
  private static final Key<Given> PERMISSIONS =
      Key.optional(
          "permissions",
          new Type<>(
              Shape.anyOf(
                  new Shape.Choice(List.of("token")), Shape.oneOrList(Permissions.GRANTED.shape())),
              GrantReader::given),
          "What is given: a permission, a list of them, or token for what the token carries.");
  private static final Key<List<Located<ResourcePattern>>> RESOURCES =
      Key.required(
          "resources",
          Types.oneOrListOf(
              Types.located(Types.parsed(PatternParser.PATTERN, PatternParser::parse))),
          "On what: a pattern or a list of them; * is a segment, ** (last) all that is below.");

  private static final Key<Node> WHEN =
      Key.optional(
          "when",
          new Type<>(new Shape.Text("(?![0-9.]+$)[\\s\\S]+"), node -> node),
          "A condition in CEL; the grant applies where it is true.");

  static final Keys KEYS =
      Keys.of(TO, RecipientReader.ISSUER, ROLE, ROLES, PERMISSIONS, RESOURCES, WHEN)
          .exactlyOne(ROLE, ROLES, PERMISSIONS);

  /** What {@code permissions} says: those named, or those of the token. */
  private record Given(boolean token, List<Located<String>> named) {}

  private final RoleResolver roles;
  private final IssuerNames issuers;
  private final ConditionReader conditions;
  private final List<Located<String>> written = new ArrayList<>();
  // Many grants give the same.
  private final Map<ReadGrant.Gift, Gives> given = new HashMap<>();

  GrantReader(RoleResolver roles, IssuerNames issuers, ConditionReader conditions) {
    this.roles = roles;
    this.issuers = issuers;
    this.conditions = conditions;
  }

  /** {@return the grant as far as it could be read, or null after a problem} */
  @Nullable ReadGrant read(Node node) {
    Section s = Section.of(node, KEYS);
    RecipientReader.Recipient to = s.find(TO);
    List<Located<ResourcePattern>> resources = s.find(RESOURCES);
    List<ResourcePattern> patterns =
        resources == null ? List.of() : resources.stream().map(Located::value).toList();
    ReadGrant.Gift gift = s.whole() ? gift(s) : null;
    Set<String> allowed = to == null ? null : issuers.resolve(node, to, s);
    Node when = s.find(WHEN);
    Condition condition = when == null ? null : conditions.read(when, patterns);
    if (to == null || resources == null || gift == null) {
      return null;
    }
    Gives gives = given.computeIfAbsent(gift, GrantReader::gives);
    String place = node.value().place().ofLine();
    Grant grant = new Grant(place, to.to(), allowed, gives, patterns, condition);
    return new ReadGrant(grant, gift, resources);
  }

  private static Gives gives(ReadGrant.Gift gift) {
    return gift.token()
        ? Gives.TokenPermissions.TOKEN_PERMISSIONS
        : new Gives.Permissions(new PermissionSet(gift.permissions()));
  }

  /** {@return every permission that stood in a grant itself} */
  List<Located<String>> written() {
    return written;
  }

  private ReadGrant.Gift gift(Section s) {
    Set<String> permissions = new LinkedHashSet<>();
    for (Located<String> role : named(s)) {
      roles.require(role);
      permissions.addAll(roles.permissions(role.value()));
    }
    Given given = s.find(PERMISSIONS);
    if (given != null) {
      written.addAll(given.named());
      given.named().forEach(permission -> permissions.add(permission.value()));
    }
    return new ReadGrant.Gift(given != null && given.token(), permissions);
  }

  private static List<Located<String>> named(Section s) {
    Located<String> role = s.find(ROLE);
    List<Located<String>> several = s.find(ROLES);
    if (role != null) {
      return List.of(role);
    }
    return several == null ? List.of() : several;
  }

  private static @Nullable Given given(Node node) {
    if (node.says("token")) {
      return new Given(true, List.of());
    }
    List<Located<String>> named = Types.oneOrListOf(Types.located(Permissions.GRANTED)).read(node);
    return named == null ? null : new Given(false, named);
  }
}

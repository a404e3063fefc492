package dev.discreet.config;

import dev.discreet.config.GatewayConfig.ForwardConfig;
import dev.discreet.policy.ClaimPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads {@code forward}. */
final class ForwardReader {
  private static final Key<Boolean> TOKEN =
      Key.of(
          "token",
          Types.choice(Map.of("keep", false, "strip", true)),
          "keep",
          "Whether the token is sent upstream.");
  private static final Key<Map<String, ClaimPath>> CLAIMS =
      Key.of(
          "claims",
          new Type<>(
              new Shape.Names(HeaderNames.PATTERN, Types.CLAIM.shape(), 0), ForwardReader::claims),
          "{}",
          "Headers that the gateway sets from the token, and the claim of each.");
  private static final Key<List<String>> REMOVE =
      Key.of(
          "remove",
          Types.list(Types.parsed(HeaderNames.PATTERN, HeaderNames::removable)),
          "[]",
          "Headers that are never sent upstream.");
  private static final Keys KEYS = Keys.of(TOKEN, CLAIMS, REMOVE);

  static final Key<ForwardConfig> KEY =
      Key.section("forward", KEYS, ForwardReader::read, "What an upstream learns of the caller.");

  private ForwardReader() {}

  private static ForwardConfig read(Section s) {
    return new ForwardConfig(s.get(TOKEN), s.get(CLAIMS), new LinkedHashSet<>(s.get(REMOVE)));
  }

  private static Map<String, ClaimPath> claims(Node node) {
    Map<String, ClaimPath> claims = new LinkedHashMap<>();
    for (Node.Member member : node.members()) {
      String header = member.key().parseKey(HeaderNames::forClaim);
      ClaimPath claim = Types.CLAIM.read(member.value());
      if (header != null && claim != null && claims.putIfAbsent(header, claim) != null) {
        member.key().error("stands twice, in different case");
      }
    }
    return claims;
  }
}

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
      Key.of("token", Types.choice(Map.of("keep", false, "strip", true)), false);
  private static final Key<Map<String, ClaimPath>> CLAIMS =
      Key.of("claims", ForwardReader::claims, Map.of());
  private static final Key<List<String>> REMOVE =
      Key.of("remove", Types.list(Types.parsed(HeaderNames::removable)), List.of());
  private static final Keys KEYS = Keys.of(TOKEN, CLAIMS, REMOVE);

  static final Key<ForwardConfig> KEY =
      Key.of("forward", node -> read(Section.of(node, KEYS)), read(Section.EMPTY));

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

package dev.discreet.config;

import dev.discreet.config.IssuerConfig.Demand;
import dev.discreet.policy.ClaimPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code issuers.NAME}. */
final class IssuerReader {
  private static final List<String> ALGORITHM_NAMES =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Key<String> ISSUER =
      Key.required("issuer", Types.TEXT, "The exact iss of its tokens.");
  private static final Key<List<String>> AUDIENCES =
      Key.required("audiences", Types.listOf(Types.TEXT), "One of these must be in aud.");
  private static final Key<List<String>> ALGORITHMS =
      Key.of(
          "algorithms",
          Types.listOf(new Type<>(algorithmShape(), IssuerReader::algorithm)),
          "[RS256, PS256, ES256, EdDSA]",
          "How its tokens may be signed.");
  private static final Key<List<ClaimPath>> AUDIENCE_FROM =
      Key.of("audienceFrom", Types.listOf(Types.CLAIM), "[aud]", "Claims that hold the audience.");
  private static final Key<Map<ClaimPath, Object>> REQUIRE =
      Key.of(
          "require",
          new Type<>(Shape.names(new Shape.Scalar()), IssuerReader::required),
          "{}",
          "Claims that a token must have, and their values; type and value are compared.");
  private static final Key<Boolean> TOKEN_TYPE =
      Key.of(
          "tokenType",
          Types.choice(Map.of("any", false, "at+jwt", true)),
          "any",
          "What typ of a token's header says; at+jwt is RFC 9068.");
  private static final Key<Duration> CLOCK_SKEW =
      Key.of("clockSkew", Types.DURATION, "30s", "How far the issuer's clock may be from ours.");
  private static final Key<Duration> MAX_LIFETIME =
      Key.of("maxLifetime", Types.DURATION, "0", "The most that exp - iat may be; 0 is no limit.");
  private static final Key<Duration> KEEP_KEYS =
      Key.of(
          "keepKeysFor",
          Types.POSITIVE_DURATION,
          "24h",
          "How long fetched keys are used while their source is down.");
  private static final Key<List<ClaimPath>> PERMISSIONS_FROM =
      Key.of(
          "permissionsFrom",
          Types.list(Types.CLAIM),
          "[scope, scp]",
          "Claims that hold permissions; lists item by item, strings split at spaces.");
  private static final Key<List<ClaimPath>> GROUPS_FROM =
      Key.of(
          "groupsFrom",
          Types.list(Types.CLAIM),
          "[groups]",
          "Claims that hold groups; a string is one group.");
  private static final Key<Map<String, ClaimPath>> CLAIMS =
      Key.of("claims", Types.mapOf(Types.CLAIM), "{}", "Names of claims for {claims.NAME}.");

  static final Key<Demand> DPOP =
      Key.of(
          "dpop",
          Types.choice(
              Map.of(
                  "disabled", Demand.DISABLED,
                  "optional", Demand.OPTIONAL,
                  "required", Demand.REQUIRED)),
          "disabled",
          "Whether its tokens may or must be bound to a key of the client's (RFC 9449); tokenFrom"
              + " must name dpop.");
  static final Key<Demand> CERTIFICATE_BOUND =
      Key.of(
          "certificateBound",
          Types.choice(Map.of("optional", Demand.OPTIONAL, "required", Demand.REQUIRED)),
          "optional",
          "Whether its tokens must be bound to the client's certificate (RFC 8705).");

  static final Keys KEYS =
      Keys.of(
              ISSUER,
              AUDIENCES,
              ALGORITHMS,
              AUDIENCE_FROM,
              REQUIRE,
              TOKEN_TYPE,
              CLOCK_SKEW,
              MAX_LIFETIME,
              KEEP_KEYS,
              PERMISSIONS_FROM,
              GROUPS_FROM,
              CLAIMS,
              DPOP,
              CERTIFICATE_BOUND)
          .and(ProviderReader.KEYS);

  private IssuerReader() {}

  /** {@return the issuer, or null after a problem} */
  static @Nullable IssuerConfig read(Node.Member member) {
    if (member.name().equals("any")) {
      member.key().error("is what a grant says for every issuer; use another name");
    }
    Section s = Section.of(member.value(), KEYS);
    String issuer = s.find(ISSUER);
    List<String> audiences = s.find(AUDIENCES);
    IssuerConfig.Format format = ProviderReader.format(s, member.value(), s.node(ISSUER), issuer);
    if (format instanceof IssuerConfig.Format.Opaque) {
      // Whoever says these believes that they are seen to.
      refuse(s, TOKEN_TYPE, KEEP_KEYS);
    }
    if (issuer == null || audiences == null || format == null) {
      return null;
    }
    Duration maxLifetime = s.get(MAX_LIFETIME);
    return new IssuerConfig(
        member.name(),
        issuer,
        audiences,
        format,
        ProviderReader.access(s),
        new LinkedHashSet<>(s.get(ALGORITHMS)),
        s.get(AUDIENCE_FROM),
        s.get(REQUIRE),
        s.get(TOKEN_TYPE),
        s.get(CLOCK_SKEW),
        maxLifetime.isZero() ? null : maxLifetime,
        s.get(KEEP_KEYS),
        s.get(PERMISSIONS_FROM),
        s.get(GROUPS_FROM),
        s.get(CLAIMS),
        new IssuerConfig.Binding(s.get(DPOP), s.get(CERTIFICATE_BOUND)));
  }

  private static void refuse(Section s, Key<?>... keys) {
    for (Key<?> key : keys) {
      Node node = s.node(key);
      if (node != null) {
        node.error("has no use with format: opaque; remove it");
      }
    }
  }

  private static @Nullable String algorithm(Node node) {
    String name = node.text();
    if (name == null) {
      return null;
    }
    if (name.equals("EdDSA") || name.equals("Ed25519")) {
      return "EdDSA";
    }
    if (ALGORITHM_NAMES.contains(name)) {
      return name;
    }
    if (name.startsWith("HS") || name.equals("none")) {
      node.error("is refused always: who checks such a token could make it; use RS256 or ES256");
    } else {
      node.errorNear("is not an algorithm that is known here", ALGORITHM_NAMES);
    }
    return null;
  }

  private static Map<ClaimPath, Object> required(Node node) {
    Map<ClaimPath, Object> required = new HashMap<>();
    for (Node.Member member : node.members()) {
      ClaimPath claim = member.key().parseKey(ClaimPath::parse);
      Object value = ScalarValues.read(member.value());
      if (claim != null && value != null) {
        required.put(claim, value);
      }
    }
    return required;
  }

  private static Shape algorithmShape() {
    return new Shape.Choice(
        Stream.concat(ALGORITHM_NAMES.stream(), Stream.of("EdDSA", "Ed25519")).toList());
  }
}

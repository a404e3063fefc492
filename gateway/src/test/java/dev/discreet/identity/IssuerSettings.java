package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.KeySource;
import dev.discreet.policy.ClaimPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An issuer's configuration, of which a test says only what matters to it. */
final class IssuerSettings {
  static final String ISS = "https://id.example.com/realms/main";
  static final String AUDIENCE = "https://api.example.com";
  static final Set<String> ALL_ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  private String name = "main";
  private String iss = ISS;
  private Set<String> algorithms = ALL_ALGORITHMS;
  private List<ClaimPath> audienceFrom = List.of(ClaimPath.parse("aud"));
  private Map<ClaimPath, Object> require = Map.of();
  private boolean accessTokensOnly;
  private @Nullable Duration maxLifetime;
  private Duration keepKeysFor = Duration.ofHours(24);
  private IssuerConfig.Binding binding = IssuerConfig.Binding.STANDARD;

  IssuerSettings named(String newName, String newIss) {
    name = newName;
    iss = newIss;
    return this;
  }

  IssuerSettings algorithms(String... names) {
    algorithms = Set.of(names);
    return this;
  }

  IssuerSettings audienceFrom(String path) {
    audienceFrom = List.of(ClaimPath.parse(path));
    return this;
  }

  IssuerSettings require(String path, Object value) {
    require = Map.of(ClaimPath.parse(path), value);
    return this;
  }

  IssuerSettings accessTokensOnly() {
    accessTokensOnly = true;
    return this;
  }

  IssuerSettings maxLifetime(Duration most) {
    maxLifetime = most;
    return this;
  }

  IssuerSettings keepKeysFor(Duration most) {
    keepKeysFor = most;
    return this;
  }

  IssuerSettings binding(IssuerConfig.Demand dpop, IssuerConfig.Demand certificate) {
    binding = new IssuerConfig.Binding(dpop, certificate);
    return this;
  }

  IssuerConfig with(KeySource jwks) {
    return with(new IssuerConfig.Format.Signed(jwks));
  }

  IssuerConfig opaque(IssuerConfig.Introspection introspection) {
    return with(new IssuerConfig.Format.Opaque(introspection));
  }

  private IssuerConfig with(IssuerConfig.Format format) {
    return new IssuerConfig(
        name,
        iss,
        List.of(AUDIENCE),
        format,
        IssuerConfig.Access.DIRECT,
        algorithms,
        audienceFrom,
        require,
        accessTokensOnly,
        Duration.ofSeconds(30),
        maxLifetime,
        keepKeysFor,
        List.of(ClaimPath.parse("scope"), ClaimPath.parse("/realm_access/roles")),
        List.of(ClaimPath.parse("groups")),
        Map.of("account", ClaimPath.parse("/org/id")),
        binding);
  }
}

package dev.discreet.config;

import dev.discreet.policy.ClaimPath;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One issuer of tokens (CONFIGURATION.md, {@code issuers.NAME}).
 *
 * @param name its name in the configuration
 * @param issuer the exact {@code iss}
 * @param audiences one must be in the token's audience
 * @param jwks where its keys are
 * @param algorithms JWS algorithm names that are accepted ({@code Ed25519} is said {@code EdDSA})
 * @param audienceFrom where the audience stands
 * @param require claims that a token must have, with their values
 * @param accessTokensOnly {@code tokenType: at+jwt}
 * @param clockSkew tolerance for times
 * @param maxLifetime the cap of {@code exp - iat}, or null
 * @param keepKeysFor how long keys are kept while their source is down
 * @param permissionsFrom where permissions stand; text is split at spaces
 * @param groupsFrom where groups stand; text is one group
 * @param claims names for <code>{claims.NAME}</code>
 */
public record IssuerConfig(
    String name,
    String issuer,
    List<String> audiences,
    KeySource jwks,
    Set<String> algorithms,
    List<ClaimPath> audienceFrom,
    Map<ClaimPath, Object> require,
    boolean accessTokensOnly,
    Duration clockSkew,
    @Nullable Duration maxLifetime,
    Duration keepKeysFor,
    List<ClaimPath> permissionsFrom,
    List<ClaimPath> groupsFrom,
    Map<String, ClaimPath> claims) {
  public IssuerConfig {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    audienceFrom = List.copyOf(audienceFrom);
    require = Map.copyOf(require);
    permissionsFrom = List.copyOf(permissionsFrom);
    groupsFrom = List.copyOf(groupsFrom);
    claims = Map.copyOf(claims);
  }

  /** Where a key set is read. */
  public sealed interface KeySource {
    /** Fetched; cleartext only where the configuration's check allowed it. */
    record Remote(URI url) implements KeySource {}

    /**
     * Read from a file, together with the configuration.
     *
     * @param file where, for messages
     * @param content what it held; whether that is a key set is for others to say
     */
    record Local(Path file, String content) implements KeySource {}
  }
}

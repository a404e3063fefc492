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
 * @param format how its tokens are checked
 * @param access how the issuer itself is asked
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
 * @param binding which of its tokens must be bound to a key of the caller's
 */
public record IssuerConfig(
    String name,
    String issuer,
    List<String> audiences,
    Format format,
    Access access,
    Set<String> algorithms,
    List<ClaimPath> audienceFrom,
    Map<ClaimPath, Object> require,
    boolean accessTokensOnly,
    Duration clockSkew,
    @Nullable Duration maxLifetime,
    Duration keepKeysFor,
    List<ClaimPath> permissionsFrom,
    List<ClaimPath> groupsFrom,
    Map<String, ClaimPath> claims,
    Binding binding) {
  public IssuerConfig {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    audienceFrom = List.copyOf(audienceFrom);
    require = Map.copyOf(require);
    permissionsFrom = List.copyOf(permissionsFrom);
    groupsFrom = List.copyOf(groupsFrom);
    claims = Map.copyOf(claims);
  }

  /**
   * {@return whether tokens of this issuer say nothing themselves, so that it is asked each time}
   */
  public boolean opaque() {
    return format instanceof Format.Opaque;
  }

  /** How tokens are checked. */
  public sealed interface Format {
    /** JWTs (RFC 7519), by the issuer's keys. */
    record Signed(KeySource keys) implements Format {}

    /** Text that only its issuer can read. */
    record Opaque(Introspection introspection) implements Format {}
  }

  /**
   * How an issuer is asked about a token (RFC 7662).
   *
   * @param url its introspection endpoint
   * @param clientId who asks (RFC 6749 §2.3.1)
   * @param clientSecret how that is proven
   * @param cache how long an answer is remembered, zero for not at all
   * @param timeout for the whole question
   * @param requireAudience whether a token without an audience is refused
   */
  public record Introspection(
      URI url,
      String clientId,
      String clientSecret,
      Duration cache,
      Duration timeout,
      boolean requireAudience) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "introspection at " + url + " as " + clientId;
    }
  }

  /**
   * How an issuer is reached.
   *
   * @param ca certificates in PEM that are trusted in place of the system's, or null
   * @param proxy through which proxy, or null
   * @param insecure whether cleartext beyond loopback is allowed
   */
  public record Access(@Nullable String ca, @Nullable URI proxy, boolean insecure) {
    /** The direct way, with the system's trust. */
    public static final Access DIRECT = new Access(null, null, false);

    /** Without the proxy's password. */
    @Override
    public String toString() {
      return (ca == null ? "the system's trust" : "a trust of its own")
          + (proxy == null ? "" : " by " + proxy.getHost());
    }
  }

  /** What is asked of tokens that are bound to a key. */
  public enum Demand {
    /** They can't be used. */
    DISABLED,
    /** A token that is bound must be proven. */
    OPTIONAL,
    /** Every token must be bound, and proven. */
    REQUIRED
  }

  /**
   * Which tokens are bound to a key (RFC 7800).
   *
   * @param dpop by RFC 9449
   * @param certificate by RFC 8705
   */
  public record Binding(Demand dpop, Demand certificate) {
    /** What holds where nothing is said. */
    public static final Binding STANDARD = new Binding(Demand.DISABLED, Demand.OPTIONAL);
  }

  /** Where a key set is read. */
  public sealed interface KeySource {
    /** Fetched; cleartext only where the configuration's check allowed it. */
    record Remote(URI url) implements KeySource {}

    /** Fetched from where the issuer says (OpenID Connect Discovery 1.0, RFC 8414). */
    record Discovered(String issuer) implements KeySource {}

    /**
     * Read from a file, together with the configuration.
     *
     * @param file where, for messages
     * @param content what it held; whether that is a key set is for others to say
     */
    record Local(Path file, String content) implements KeySource {}
  }
}

package dev.discreet.identity;

import org.jspecify.annotations.Nullable;

/**
 * A token laid open for whoever holds it, to find out why it is refused. Its signature is in none
 * of this.
 *
 * @param header its first part decoded, or null where that can't be
 * @param claims its second part decoded, or null where that can't be
 * @param read whether both are JSON objects as a token may have them
 * @param issuer the issuer's name in the configuration, or null where it is none's
 * @param key the key that has signed it, or null
 * @param bound what whoever presents it must prove, or null where it is a bearer token
 * @param reason the first that applies, or null where it is valid
 * @param detail what is wrong, for people; empty where it is valid
 */
public record TokenReport(
    @Nullable String header,
    @Nullable String claims,
    boolean read,
    @Nullable String issuer,
    @Nullable String key,
    @Nullable Bound bound,
    @Nullable Reason reason,
    String detail) {
  /**
   * The keys that a token is bound to (RFC 7800), each by its SHA-256 thumbprint in base64url.
   *
   * @param jkt of the JWK that signs DPoP proofs (RFC 9449 §6.1), or null
   * @param x5t of the client's certificate, {@code x5t#S256} (RFC 8705 §3.1), or null
   */
  public record Bound(@Nullable String jkt, @Nullable String x5t) {}
}

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
 * @param reason the first that applies, or null where it is valid
 * @param detail what is wrong, for people; empty where it is valid
 */
public record TokenReport(
    @Nullable String header,
    @Nullable String claims,
    boolean read,
    @Nullable String issuer,
    @Nullable String key,
    @Nullable Reason reason,
    String detail) {}

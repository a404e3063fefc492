package dev.discreet.http;

import dev.discreet.config.TokenSource;

/**
 * A token as it was presented.
 *
 * @param source where it stands
 */
record Credential(TokenSource source, String token) {}

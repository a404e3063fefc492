package dev.discreet.config;

import java.time.Duration;

/**
 * Times of a client connection.
 *
 * @param header from a head's first octet to its last
 * @param body between two reads of a body
 * @param idle between two requests
 * @param tls for a handshake
 * @param lameDuck on SIGTERM: still accepting, no longer ready
 * @param drain then: how long what runs may take to end
 */
public record TimeoutsConfig(
    Duration header,
    Duration body,
    Duration idle,
    Duration tls,
    Duration lameDuck,
    Duration drain) {}

package dev.discreet.wire;

/**
 * The message that ends a connection's messages: what came can't be read in one way only.
 *
 * @param status what to answer a client: 400, 408, 414, 431 or 505
 * @param reason for the log
 */
public record Malformed(int status, String reason) {}

package dev.discreet.wire;

/**
 * What arrived is no message of HTTP/1.1. The last inbound message of a connection: what follows is
 * dropped unread.
 *
 * @param status 400, 414, 431 or 505; of an upstream's answer 502
 * @param reason for the log, without a trace of what was received
 */
public record Malformed(int status, String reason) {}

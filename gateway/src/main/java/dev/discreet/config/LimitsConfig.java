package dev.discreet.config;

/**
 * Sizes in octets, and counts. Zero is no limit where the key allows it.
 *
 * @param headers all header fields of a head together
 * @param headerCount how many fields
 * @param target the request target
 * @param token a credential
 * @param body a request body; a route may say otherwise
 * @param drain a declared body that is read and dropped after a refusal, so that the connection
 *     lives
 * @param connections client connections at once
 * @param connectionsPerAddress client connections of one address at once, or 0
 * @param concurrentStreams streams of one HTTP/2 connection at once
 * @param requestsPerConnection requests until a connection is closed, or 0
 */
public record LimitsConfig(
    int headers,
    int headerCount,
    int target,
    int token,
    long body,
    long drain,
    int connections,
    int connectionsPerAddress,
    int concurrentStreams,
    int requestsPerConnection) {}

package dev.discreet.wire;

/**
 * What a head may be.
 *
 * @param headers all fields together, in octets
 * @param headerCount how many fields
 * @param target the request target, in octets
 */
public record DecoderLimits(int headers, int headerCount, int target) {}

package dev.discreet.wire;

/**
 * How much of a head is read before it is refused. A trailer section has the same limits again.
 *
 * @param headers octets of all field lines together, line ends included; 431 beyond
 * @param headerCount field lines; 431 beyond
 * @param target octets of a request target; 414 beyond
 */
public record DecoderLimits(int headers, int headerCount, int target) {}

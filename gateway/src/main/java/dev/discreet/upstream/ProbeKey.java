package dev.discreet.upstream;

/**
 * What is asked for, and all that a probe says.
 *
 * @param upstream the upstream's name
 * @param host the resource's host, or empty
 * @param path in the canonical encoding
 */
record ProbeKey(String upstream, String host, String path) {}

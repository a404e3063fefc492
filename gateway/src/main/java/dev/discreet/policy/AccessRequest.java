package dev.discreet.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * What somebody asks to do.
 *
 * @param method the method, case-sensitive (RFC 9110 §9.1)
 * @param host the host asked for, lower case, without port or final dot; empty if none was named
 * @param segments the path, each segment percent-decoded once
 * @param source the client's address, as far as it is trusted
 * @param time when it was asked
 */
public record AccessRequest(
    String method, String host, List<String> segments, InetAddress source, Instant time) {
  /** {@return the same, asked by another method} */
  AccessRequest calling(String other) {
    return other.equals(method) ? this : new AccessRequest(other, host, segments, source, time);
  }
}

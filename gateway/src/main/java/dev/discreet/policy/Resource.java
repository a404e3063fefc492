package dev.discreet.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is decided upon: a path as decoded segments, below a host where the route names one.
 *
 * <p>{@code /} is the single empty segment; a trailing slash is an empty last segment.
 *
 * @param host the host as it was asked for, lower case, without port or final dot; null where the
 *     route names no host
 * @param segments the path, each segment percent-decoded once
 */
public record Resource(@Nullable String host, List<String> segments) {
  public Resource {
    segments = List.copyOf(segments);
  }

  /** {@return the path in the one canonical encoding: RFC 3986 pchar as it is, the rest in %XX} */
  public String path() {
    return CanonicalPath.of(segments, 0);
  }

  /** {@return the name shown to people: {@code //host/path} where a host belongs to it} */
  @Override
  public String toString() {
    return host == null ? path() : "//" + host + path();
  }
}

package dev.discreet.config;

import dev.discreet.policy.ResourcePattern.HostPattern;
import org.jspecify.annotations.Nullable;

/** Whether a pattern of hosts and the host of a route can be about one host. */
final class Overlap {
  private Overlap() {}

  static boolean hosts(@Nullable HostPattern pattern, @Nullable String host) {
    if (pattern == null || host == null) {
      return pattern == null && host == null;
    }
    String suffix = host.startsWith("*") ? host.substring(1) : host;
    return switch (pattern) {
      case HostPattern.Exact(String exact) ->
          host.startsWith("*") ? exact.endsWith(suffix) : exact.equals(host);
      case HostPattern.AnyBelow(String below) -> suffix.endsWith(below) || below.endsWith(suffix);
      case HostPattern.ClaimBelow(_, String below) ->
          suffix.endsWith(below) || below.endsWith(suffix);
    };
  }
}

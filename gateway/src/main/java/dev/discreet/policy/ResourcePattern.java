package dev.discreet.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which resources a grant is about (SPEC §4, {@code resources}).
 *
 * @param text as configured
 * @param host which host, or null for resources without one
 * @param segments which path; a trailing slash is an empty literal at the end
 */
public record ResourcePattern(String text, @Nullable HostPattern host, List<Part> segments) {
  public ResourcePattern {
    segments = List.copyOf(segments);
  }

  /** One segment of a pattern. */
  public sealed interface Part {
    /** Exactly this text. */
    record Literal(String text) implements Part {}

    /** {@code *}: one segment that is not empty. */
    enum One implements Part {
      ONE
    }

    /** <code>{name}</code>: one segment that is not empty, under a name. */
    record Named(String name) implements Part {}

    /** <code>{claims.NAME}</code>: a segment that the caller's claim names. */
    record Claim(String name) implements Part {}

    /** {@code **}: the resource and everything below it. */
    enum Below implements Part {
      BELOW
    }
  }

  /** The host of a pattern. */
  public sealed interface HostPattern {
    /** Exactly this host, lower case. */
    record Exact(String host) implements HostPattern {}

    /**
     * {@code *.} and a suffix.
     *
     * @param suffix with its leading dot, lower case
     */
    record AnyBelow(String suffix) implements HostPattern {}

    /**
     * <code>{claims.NAME}.</code> and a suffix.
     *
     * @param claim the claim's name
     * @param suffix with its leading dot, lower case
     */
    record ClaimBelow(String claim, String suffix) implements HostPattern {}
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.discreet.config;

import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a pattern of resources (SPEC §4): {@code /path} or {@code //host/path}. */
final class PatternParser {
  static final String PATTERN =
      "(?://(?:\\{claims\\.[^{}/]+\\}\\.|\\*\\.)?[A-Za-z0-9._-]+)?"
          + PathText.LEGAL
          + "(?:/(?:\\*|\\{claims\\.[^{}/]+\\}|\\{[A-Za-z_][A-Za-z0-9_-]*\\}|[^/{}*]+))*"
          + "(?:/\\*\\*|/)?";
  private static final Pattern CLAIM = Pattern.compile("\\{claims\\.([^{}/]+)}");
  private static final Pattern CLAIM_HOST = Pattern.compile("\\{claims\\.([^{}/]+)}(\\..+)");

  private PatternParser() {}

  /**
   * {@return the pattern}
   *
   * @throws IllegalArgumentException if it is none
   */
  static ResourcePattern parse(String text) {
    @Nullable HostPattern host = null;
    String path = text;
    if (text.startsWith("//")) {
      int slash = text.indexOf('/', 2);
      if (slash < 0) {
        throw new IllegalArgumentException("has a host and no path; write //host/** for all of it");
      }
      host = host(text.substring(2, slash));
      path = text.substring(slash);
    }
    return new ResourcePattern(text, host, parts(PathText.segments(path)));
  }

  private static List<Part> parts(List<String> segments) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      // A name that stands twice matches where both segments are equal (SPEC §4).
      parts.add(part(segments, i));
    }
    return parts;
  }

  private static Part part(List<String> segments, int index) {
    String segment = segments.get(index);
    if (segment.equals("**")) {
      PathText.requireLast(index, segments);
      return Part.Below.BELOW;
    }
    if (segment.equals("*")) {
      return Part.One.ONE;
    }
    if (segment.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "has a segment " + segment + "; * is a whole segment, ** (last) everything below");
    }
    Matcher claim = CLAIM.matcher(segment);
    if (claim.matches()) {
      return new Part.Claim(claim.group(1));
    }
    return PathText.hasBraces(segment)
        ? new Part.Named(PathText.variable(segment))
        : new Part.Literal(segment);
  }

  private static HostPattern host(String text) {
    Matcher claim = CLAIM_HOST.matcher(text);
    if (claim.matches()) {
      String suffix = Addresses.host(claim.group(2).substring(1));
      return new HostPattern.ClaimBelow(claim.group(1), "." + suffix);
    }
    if (text.startsWith("*.")) {
      return new HostPattern.AnyBelow("." + Addresses.host(text.substring(2)));
    }
    return new HostPattern.Exact(Addresses.host(text));
  }
}

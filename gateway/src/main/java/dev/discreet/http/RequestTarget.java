package dev.discreet.http;

import dev.discreet.config.GatewayConfig.PathsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for (RFC 9112 §3.2), read in the one way that every program reads it.
 *
 * @param path as received, never normalised: what is decided upon is what is sent
 * @param query as received, without the question mark, or null
 * @param segments the path, each segment percent-decoded once
 * @param host lower case, without port or final dot; empty where HTTP/1.0 names none
 */
record RequestTarget(String path, @Nullable String query, List<String> segments, String host) {

  /** A target that two programs could read differently. */
  static final class AmbiguousTarget extends Exception {
    private final String reason;

    AmbiguousTarget(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** {@return path and query, byte for byte} */
  String originForm() {
    return query == null ? path : path + "?" + query;
  }

  /**
   * Reads a target.
   *
   * @param target as it stands in the request line, an octet a character
   * @param hostField the host field's value, already judged by its form; empty if there is none
   * @throws AmbiguousTarget where SPEC §7 refuses it
   */
  static RequestTarget read(String target, String hostField, PathsConfig rules)
      throws AmbiguousTarget {
    String origin = target.startsWith("/") ? target : originOf(target, hostField);
    int question = origin.indexOf('?');
    String path = question < 0 ? origin : origin.substring(0, question);
    String query = question < 0 ? null : origin.substring(question + 1);
    if (query != null) {
      checkQuery(query);
    }
    return new RequestTarget(path, query, segments(path, rules), hostName(hostField));
  }

  /** Absolute-form (RFC 9112 §3.2.2): its authority must be the host's. */
  private static String originOf(String target, String hostField) throws AmbiguousTarget {
    int colon = target.indexOf("://");
    String scheme = colon < 0 ? "" : target.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new AmbiguousTarget("the target is neither a path nor an http URL");
    }
    int slash = target.indexOf('/', colon + 3);
    if (slash < 0) {
      throw new AmbiguousTarget("the target has no path");
    }
    if (!target.substring(colon + 3, slash).equalsIgnoreCase(hostField)) {
      throw new AmbiguousTarget("the target's authority is not the host's");
    }
    return target.substring(slash);
  }

  private static void checkQuery(String query) throws AmbiguousTarget {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c >= 0x7f || "#\"<>".indexOf(c) >= 0) {
        throw new AmbiguousTarget("the query has a character that it may not have");
      }
    }
  }

  private static List<String> segments(String path, PathsConfig rules) throws AmbiguousTarget {
    List<String> segments = new ArrayList<>();
    int from = 1;
    while (from >= 0) {
      int slash = path.indexOf('/', from);
      String raw = slash < 0 ? path.substring(from) : path.substring(from, slash);
      if (raw.isEmpty() && slash >= 0) {
        throw new AmbiguousTarget("the path has an empty segment");
      }
      segments.add(PathSegment.decode(raw, rules));
      from = slash < 0 ? -1 : slash + 1;
    }
    return segments;
  }

  private static String hostName(String hostField) {
    int end = hostField.length();
    int port = hostField.lastIndexOf(':');
    if (port > hostField.lastIndexOf(']')) {
      end = port;
    }
    if (end > 0 && hostField.charAt(end - 1) == '.') {
      end--;
    }
    return hostField.substring(0, end).toLowerCase(Locale.ROOT);
  }
}

package dev.discreet.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fields that go no further than the next hop (RFC 9110 §7.6.1), and names that mean the same. */
public final class Hop {
  private static final Set<String> BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "upgrade",
          "http2-settings");

  /** What {@code connection} can't take away: what frames, routes or authorizes. */
  private static final Set<String> LASTING =
      Set.of(
          "content-length",
          "transfer-encoding",
          "expect",
          "host",
          "authorization",
          "cookie",
          "dpop");

  /** Names that RFC 9110 §6.5.1 forbids in trailers: framing, routing, controls, credentials. */
  private static final Set<String> NEVER_TRAILERS =
      Set.of(
          "content-length",
          "transfer-encoding",
          "host",
          "authorization",
          "cookie",
          "dpop",
          "set-cookie",
          "content-encoding",
          "content-type",
          "content-range",
          "trailer",
          "te",
          "expect",
          "range",
          "max-forwards",
          "cache-control",
          "pragma",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "www-authenticate",
          "proxy-authenticate",
          "proxy-authorization",
          "age",
          "date",
          "expires",
          "location",
          "retry-after",
          "vary",
          "warning");

  private Hop() {}

  /**
   * {@return a name as every reader reads it: lower case, with {@code _} and {@code .} as dashes}
   */
  public static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  /** {@return whether the sender of that head keeps the connection open (RFC 9112 §9.3)} */
  static boolean keepsAlive(HttpHeaders headers, HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1)
        ? !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
        : headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true);
  }

  /** Removes what belongs to this hop; {@code te: trailers} stays. */
  public static void strip(HttpHeaders headers) {
    boolean trailers = headers.containsValue(HttpHeaderNames.TE, "trailers", true);
    Set<String> named = named(headers);
    for (String name : List.copyOf(headers.names())) {
      String known = canonical(name);
      if (BY_HOP.contains(known)
          || named.contains(known)
          || named.contains(name.toLowerCase(Locale.ROOT))) {
        headers.remove(name);
      }
    }
    if (trailers) {
      headers.set(HttpHeaderNames.TE, "trailers");
    }
  }

  /** {@return what {@code connection} names, in lower case, but for what it can't take away} */
  public static Set<String> named(HttpHeaders headers) {
    List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
    if (values.isEmpty()) {
      return Set.of();
    }
    Set<String> named = new HashSet<>();
    for (String value : values) {
      for (String name : value.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    named.removeAll(LASTING);
    return named;
  }

  /** Removes what may not stand in a trailer section. */
  public static void stripTrailers(HttpHeaders trailers) {
    for (String name : new ArrayList<>(trailers.names())) {
      String known = canonical(name);
      if (BY_HOP.contains(known) || NEVER_TRAILERS.contains(known)) {
        trailers.remove(name);
      }
    }
  }
}

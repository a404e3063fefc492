package dev.discreet.audit;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The ways in which a server is known to tell that something exists, by number. */
public enum Oracle {
  STATUS(1, "status and reason"),
  FIELDS(2, "header fields: names, order, case, values"),
  BODY(3, "body"),
  FRAMING(4, "framing of the answer"),
  CONNECTION(5, "what becomes of the connection"),
  TIME(6, "time"),
  PIPELINING(7, "several requests at once"),
  REQUEST_BODY(8, "a request body that is on its way"),
  CONTINUE(9, "expect: 100-continue"),
  METHOD(10, "methods, 405 and allow"),
  OPTIONS(11, "OPTIONS, preflight and CORS"),
  HEAD(12, "HEAD"),
  RANGE(13, "ranges: 206, 416"),
  CONDITION(14, "conditions: 304, 412"),
  NEGOTIATION(15, "accept and its kin: 406"),
  CONTENT(16, "content types and bodies: 413, 415, 422"),
  SPELLING(18, "other spellings of the path, redirects"),
  CACHING(19, "fields for caches: etag, age, vary"),
  RATE(21, "rate limits, retry-after"),
  COMPRESSION(23, "compression"),
  COOKIES(24, "cookies"),
  CHALLENGE(25, "www-authenticate"),
  TRACING(27, "server-timing, via and their kin"),
  UPGRADE(29, "upgrades: WebSocket, h2c"),
  VERSIONS(30, "other versions and forms of HTTP, gRPC"),
  CHILDREN(35, "what lies below the path"),
  ANONYMOUS(45, "without a valid token"),
  CROSS_SITE(48, "as asked by another site's page");

  /** Those that speak by the answer to a plain request. */
  static final Set<Oracle> OF_ANY_ANSWER =
      EnumSet.of(
          FIELDS,
          BODY,
          FRAMING,
          CONNECTION,
          CACHING,
          RATE,
          COMPRESSION,
          COOKIES,
          CHALLENGE,
          TRACING);

  private final int number;
  private final String title;

  Oracle(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** {@return its number in docs/audit.md} */
  public int number() {
    return number;
  }

  /** {@return what it is, in a few words} */
  public String title() {
    return title;
  }

  /**
   * {@return which oracle speaks by an aspect of the plain request's answer}
   *
   * @param aspect as {@link Observation} names it
   */
  static Oracle of(String aspect) {
    if (!aspect.startsWith(Observation.FIELD)) {
      return switch (aspect) {
        case Observation.BODY, Observation.TRAILERS -> BODY;
        case Observation.FRAMING -> FRAMING;
        case Observation.CONNECTION -> CONNECTION;
        case Observation.NAMES -> FIELDS;
        default -> STATUS;
      };
    }
    String name = aspect.substring(Observation.FIELD.length()).toLowerCase(Locale.ROOT);
    if (name.startsWith("access-control-")) {
      return OPTIONS;
    }
    if (name.contains("ratelimit") || name.contains("rate-limit")) {
      return RATE;
    }
    return switch (name) {
      case "etag", "last-modified", "age", "expires", "cache-control", "vary", "x-cache" -> CACHING;
      case "retry-after" -> RATE;
      case "content-encoding" -> COMPRESSION;
      case "set-cookie" -> COOKIES;
      case "www-authenticate" -> CHALLENGE;
      case "server-timing", "via", "server", "traceparent", "x-runtime" -> TRACING;
      case "content-length", "transfer-encoding" -> FRAMING;
      case "connection", "keep-alive" -> CONNECTION;
      case "allow" -> METHOD;
      default -> FIELDS;
    };
  }
}

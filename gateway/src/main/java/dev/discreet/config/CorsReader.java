package dev.discreet.config;

import java.net.IDN;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code cors}. */
final class CorsReader {
  private static final String FORM = "(?:\\*|[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s*]+)";
  private static final Pattern ORIGIN =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#@\\s*]+?)(:[0-9]*)?");

  private static final Key<List<String>> ORIGINS =
      Key.required(
          "origins",
          Types.listOf(Types.parsed(FORM, CorsReader::origin)),
          "Origins whose pages may read answers, such as https://app.example.com, or \"*\".");
  private static final Key<List<String>> METHODS =
      Key.of(
          "methods",
          tokens(),
          "[GET, HEAD, POST, PUT, PATCH, DELETE]",
          "Methods that they may send.");
  private static final Key<List<String>> HEADERS =
      Key.of(
          "headers",
          tokens(),
          "[authorization, content-type, dpop]",
          "Header fields that they may send.");
  private static final Key<List<String>> EXPOSE_HEADERS =
      Key.of(
          "exposeHeaders",
          tokens(),
          "[www-authenticate, x-request-id, retry-after]",
          "Header fields of answers that they may read.");
  private static final Key<Boolean> CREDENTIALS =
      Key.of("credentials", Types.BOOLEAN, "false", "Whether their requests may carry cookies.");
  private static final Key<Duration> MAX_AGE =
      Key.of(
          "maxAge",
          Types.DURATION,
          "10m",
          "How long a browser may remember the answer to a preflight.");

  private static final Keys KEYS =
      Keys.of(ORIGINS, METHODS, HEADERS, EXPOSE_HEADERS, CREDENTIALS, MAX_AGE);

  static final Key<CorsConfig> KEY =
      Key.optional(
          "cors",
          Types.mapping(KEYS, CorsReader::read),
          "Which pages of other origins may read answers; absent, CORS is the upstreams' alone.");

  private CorsReader() {}

  private static CorsConfig read(Section s) {
    List<String> origins = s.find(ORIGINS) == null ? List.of() : s.get(ORIGINS);
    CorsConfig cors =
        new CorsConfig(
            new HashSet<>(origins),
            s.get(METHODS),
            s.get(HEADERS),
            s.get(EXPOSE_HEADERS),
            s.get(CREDENTIALS),
            s.get(MAX_AGE));
    Node credentials = s.node(CREDENTIALS);
    if (credentials != null && cors.credentials() && cors.anyOrigin()) {
      credentials.error("can't be true for every origin; list those that may");
    }
    doubt(s, cors);
    return cors;
  }

  /** Warns of what browsers take otherwise than it looks (WHATWG Fetch §4.8, §4.10). */
  private static void doubt(Section s, CorsConfig cors) {
    boolean named = cors.headers().stream().anyMatch("authorization"::equalsIgnoreCase);
    for (Key<List<String>> key : List.of(METHODS, HEADERS, EXPOSE_HEADERS)) {
      Node list = s.node(key);
      for (Node item : list == null ? List.<Node>of() : list.items()) {
        String text = item.raw();
        if (text.equals(CorsConfig.ANY) && cors.credentials()) {
          item.warn("is no wildcard to browsers where credentials are true; list each");
        } else if (text.equals(CorsConfig.ANY) && key.equals(HEADERS) && !named) {
          item.warn("is not authorization to browsers, which ask for it by name; add it");
        } else if (key.equals(METHODS) && !text.equals(text.toUpperCase(Locale.ROOT))) {
          item.warn("is compared by letter; browsers send " + text.toUpperCase(Locale.ROOT));
        }
      }
    }
  }

  private static Type<List<String>> tokens() {
    return Types.list(Types.parsed(HeaderNames.PATTERN, CorsReader::token));
  }

  private static String token(String text) {
    if (!text.matches(HeaderNames.PATTERN)) {
      throw new IllegalArgumentException("is no token of HTTP (RFC 9110 §5.6.2)");
    }
    return text;
  }

  /** As browsers say them: compared octet by octet, so that what they never say is an error. */
  private static String origin(String text) {
    if (text.equals(CorsConfig.ANY)) {
      return text;
    }
    if (text.equals("null")) {
      throw new IllegalArgumentException(
          "is said by pages of any origin that hide theirs; it can't be allowed");
    }
    Matcher parts = ORIGIN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "is not an origin; write scheme, host and port alone, each origin by itself, such as https://app.example.com");
    }
    String said = said(parts.group(1), parts.group(2), parts.group(3));
    if (!said.equals(text)) {
      throw new IllegalArgumentException("is never said so by a browser; write " + said);
    }
    return text;
  }

  /** An origin as it is serialized (WHATWG HTML §7.1.1, URL §3.3 and §4.5). */
  private static String said(String scheme, String host, @Nullable String port) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    String number = port == null ? "" : port.replaceFirst("^:0*(?=[0-9])", "").replace(":", "");
    boolean usual = number.isEmpty() || number.equals(lower.equals("https") ? "443" : "80");
    String ascii = host.startsWith("[") ? host : IDN.toASCII(host);
    return lower + "://" + ascii.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + number);
  }
}

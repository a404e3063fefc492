package dev.discreet.http2;

import dev.discreet.http2.FieldList.Field;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.Framing;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Octets;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head that a request of HTTP/1.1 would have had of a field section (RFC 9113 §8.3.1),
 * and refuses what is malformed by RFC 9113 §8 with a {@link GrammarException} of 400.
 */
final class RequestFields {
  private static final String METHOD = ":method";
  private static final String SCHEME = ":scheme";
  private static final String AUTHORITY = ":authority";
  private static final String PATH = ":path";
  private static final Set<String> PSEUDO = Set.of(METHOD, SCHEME, AUTHORITY, PATH);

  /** Without a body these say so, since some servers of HTTP/1.1 would ask (RFC 9110 §8.6). */
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private static final int METHOD_LIMIT = 64;

  private final Map<String, String> pseudo = new HashMap<>();
  private final HttpHeaders headers = Fields.none();
  private final List<String> hosts = new ArrayList<>(1);
  private final List<String> lengths = new ArrayList<>(1);
  private final List<String> cookies = new ArrayList<>(1);
  private int count;

  private RequestFields() {}

  /**
   * {@return the head}
   *
   * @param ended whether the stream ended with it, so that there is no body
   * @throws GrammarException with 400 for what is malformed, 414, 431
   */
  static HttpRequest head(FieldList list, boolean ended, DecoderLimits limits)
      throws GrammarException {
    if (list.exceeds(limits.headers())) {
      throw new GrammarException(431, "the fields are too large");
    }
    RequestFields read = new RequestFields();
    for (Field field : list.fields()) {
      read.take(field);
    }
    HttpRequest head = read.head(limits.target());
    if (read.count > limits.headerCount()) {
      throw new GrammarException(431, "too many fields");
    }
    read.frame(head, ended);
    return head;
  }

  private void take(Field field) throws GrammarException {
    if (Fields.isPseudo(field)) {
      if (count > 0) {
        throw new GrammarException("a pseudo-header field behind another");
      }
      Fields.requireValue(field.value());
      if (!PSEUDO.contains(field.name())
          || pseudo.putIfAbsent(field.name(), field.value()) != null) {
        throw new GrammarException("a pseudo-header field that is unknown or stands twice");
      }
      return;
    }
    Fields.require(field);
    count++;
    switch (field.name()) {
      case "host" -> hosts.add(field.value());
      case "content-length" -> lengths.add(field.value());
      case "cookie" -> {
        if (!field.value().isEmpty()) {
          cookies.add(field.value());
        }
      }
      default -> headers.add(field.name(), field.value());
    }
  }

  private HttpRequest head(int targetLimit) throws GrammarException {
    String method = pseudo.get(METHOD);
    if (method == null || !Fields.isToken(method) || method.length() > METHOD_LIMIT) {
      throw new GrammarException("no method");
    }
    String host = host();
    boolean connect = method.equals("CONNECT");
    String target = connect ? tunnel() : path(method, targetLimit);
    DefaultHttpRequest head =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target, Fields.none());
    head.headers().add(HttpHeaderNames.HOST, host);
    head.headers().add(headers);
    if (!cookies.isEmpty()) {
      // One field again, as HTTP/1.1 has it (RFC 9113 §8.2.3).
      head.headers().add(HttpHeaderNames.COOKIE, String.join("; ", cookies));
    }
    return head;
  }

  /** RFC 9113 §8.5; well-formed, though it will not be carried out. */
  private String tunnel() throws GrammarException {
    String authority = pseudo.get(AUTHORITY);
    if (authority == null || pseudo.containsKey(SCHEME) || pseudo.containsKey(PATH)) {
      throw new GrammarException("CONNECT with a scheme or path, or without authority");
    }
    return authority;
  }

  private String path(String method, int limit) throws GrammarException {
    String scheme = pseudo.get(SCHEME);
    if (scheme == null || !isScheme(scheme)) {
      throw new GrammarException("no scheme");
    }
    String path = pseudo.get(PATH);
    if (path == null
        || !(path.startsWith("/") || (path.equals("*") && method.equals("OPTIONS")))
        || !path.chars().allMatch(Octets::isVisible)) {
      throw new GrammarException("no path");
    }
    if (path.length() > limit) {
      throw new GrammarException(414, "the target is too long");
    }
    return path;
  }

  /** RFC 3986 §3.1. */
  private static boolean isScheme(String scheme) {
    return !scheme.isEmpty()
        && Character.isLetter(scheme.charAt(0))
        && scheme
            .chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0));
  }

  private String host() throws GrammarException {
    String authority = pseudo.get(AUTHORITY);
    String host = hosts.isEmpty() ? authority : hosts.getFirst();
    if (host == null || host.isEmpty() || hosts.size() > 1) {
      throw new GrammarException("no host, or more than one");
    }
    if (authority != null && !authority.equalsIgnoreCase(host)) {
      throw new GrammarException("a host that differs from the authority");
    }
    if (host.chars().anyMatch(c -> "/?#@\\".indexOf(c) >= 0 || !Octets.isVisible(c))) {
      throw new GrammarException("a host with more than host and port");
    }
    return host;
  }

  private void frame(HttpRequest head, boolean ended) throws GrammarException {
    HttpHeaders fields = head.headers();
    String length = length(ended, WITH_BODY.contains(head.method()));
    if (length != null) {
      fields.add(HttpHeaderNames.CONTENT_LENGTH, length);
    } else if (!ended) {
      fields.add(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
  }

  private @Nullable String length(boolean ended, boolean bodyExpected) throws GrammarException {
    if (lengths.isEmpty()) {
      return ended && bodyExpected ? "0" : null;
    }
    if (Framing.length(lengths) > 0 && ended) {
      throw new GrammarException("a content-length without its body");
    }
    return lengths.getFirst();
  }
}

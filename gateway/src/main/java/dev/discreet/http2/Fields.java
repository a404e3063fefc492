package dev.discreet.http2;

import dev.discreet.http2.FieldList.Field;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Octets;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;

/** What a field may be in HTTP/2 (RFC 9113 §8.2). */
final class Fields {
  /** These say something of a connection, which a stream has none of (RFC 9113 §8.2.2). */
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

  private Fields() {}

  static HttpHeaders none() {
    return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  }

  static boolean isPseudo(Field field) {
    return field.name().startsWith(":");
  }

  /**
   * Refuses what RFC 9113 calls malformed.
   *
   * @param field not a pseudo-header field
   */
  static void require(Field field) throws GrammarException {
    String name = field.name();
    if (!isLowerCaseToken(name)) {
      throw new GrammarException("a field name that is no token in lower case");
    }
    requireValue(field.value());
    if (OF_A_CONNECTION.contains(name) || (name.equals("te") && !isTrailers(field.value()))) {
      throw new GrammarException("a field that belongs to a connection: " + name);
    }
  }

  private static boolean isTrailers(String value) {
    return value.equalsIgnoreCase("trailers");
  }

  static void requireValue(String value) throws GrammarException {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      if (!Octets.isText(value.charAt(i))) {
        throw new GrammarException("a control character in a field value");
      }
    }
    if (length > 0
        && (Octets.isBlank(value.charAt(0)) || Octets.isBlank(value.charAt(length - 1)))) {
      throw new GrammarException("a blank around a field value");
    }
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Octets::isToken);
  }

  private static boolean isLowerCaseToken(String name) {
    return isToken(name) && name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
  }

  /** {@return the trailers that {@code list} holds} */
  static HttpHeaders trailers(FieldList list) throws GrammarException {
    HttpHeaders trailers = none();
    for (Field field : list.fields()) {
      if (isPseudo(field)) {
        throw new GrammarException("a pseudo-header field in trailers");
      }
      require(field);
      trailers.add(field.name(), field.value());
    }
    return trailers;
  }
}

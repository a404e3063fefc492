package dev.discreet.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** How long a body is (RFC 9112 §6), where only one reading is possible. */
sealed interface Framing {
  /** {@code transfer-encoding: chunked}. */
  enum Chunked implements Framing {
    CHUNKED
  }

  /** So many octets. */
  record Length(long octets) implements Framing {}

  /** Until the connection ends: answers alone. */
  enum UntilClose implements Framing {
    UNTIL_CLOSE
  }

  /**
   * Reads the framing fields.
   *
   * @param otherwise what holds where there is none
   */
  static Framing of(HttpVersion version, HttpHeaders headers, Framing otherwise)
      throws MalformedException {
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (encodings.isEmpty() && lengths.isEmpty()) {
      return otherwise;
    }
    if (!encodings.isEmpty() && !lengths.isEmpty()) {
      throw new MalformedException("both content-length and transfer-encoding");
    }
    if (lengths.isEmpty()) {
      if (encodings.size() > 1
          || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())) {
        throw new MalformedException("a transfer-encoding other than chunked");
      }
      if (version.equals(HttpVersion.HTTP_1_0)) {
        throw new MalformedException("a transfer-encoding in HTTP/1.0");
      }
      return Chunked.CHUNKED;
    }
    if (lengths.size() > 1) {
      throw new MalformedException("several content-lengths");
    }
    return new Length(length(lengths.getFirst()));
  }

  private static long length(String text) throws MalformedException {
    boolean digits = !text.isEmpty() && text.length() <= 18;
    for (int i = 0; i < text.length(); i++) {
      digits &= Grammar.isDigit(text.charAt(i));
    }
    // Leading zeros are octal to some readers.
    if (!digits || (text.length() > 1 && text.charAt(0) == '0')) {
      throw new MalformedException("a content-length that is no plain decimal number");
    }
    return Long.parseLong(text);
  }
}

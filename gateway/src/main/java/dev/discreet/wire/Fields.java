package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;

/** The field lines of a head or a trailer section (RFC 9112 §5), within limits. */
final class Fields {
  private static final int TOO_LARGE = 431;
  private final DecoderLimits limits;
  private final Lines lines = new Lines();
  private HttpHeaders headers = fresh();
  private int octets;
  private int count;

  Fields(DecoderLimits limits) {
    this.limits = limits;
  }

  private static HttpHeaders fresh() {
    return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  }

  /** {@return whether the section has come to its end} */
  boolean read(ByteBuf in) throws MalformedException {
    while (true) {
      String line = lines.next(in, limits.headers() - octets, TOO_LARGE);
      if (line == null) {
        return false;
      }
      if (line.isEmpty()) {
        return true;
      }
      octets += line.length() + 2;
      if (++count > limits.headerCount()) {
        throw new MalformedException(TOO_LARGE, "more fields than the limit");
      }
      add(line);
    }
  }

  private void add(String line) throws MalformedException {
    if (Grammar.isWhitespace(line.charAt(0))) {
      throw new MalformedException("a folded field line");
    }
    int colon = line.indexOf(':');
    if (colon < 0 || !Grammar.isToken(line, 0, colon)) {
      throw new MalformedException("a field name that is no token");
    }
    if (!Grammar.isFieldText(line, colon + 1)) {
      throw new MalformedException("a control character in a field");
    }
    int from = colon + 1;
    int to = line.length();
    while (from < to && Grammar.isWhitespace(line.charAt(from))) {
      from++;
    }
    while (to > from && Grammar.isWhitespace(line.charAt(to - 1))) {
      to--;
    }
    headers.add(line.substring(0, colon), line.substring(from, to));
  }

  /** {@return the fields, and begins anew} */
  HttpHeaders take() {
    HttpHeaders taken = headers;
    headers = fresh();
    octets = 0;
    count = 0;
    return taken;
  }
}

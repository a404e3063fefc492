package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * {@code HTTP-version SP status-code SP [ reason-phrase ]} (RFC 9112 §4), the status 100 to 599
 * (RFC 9110 §15).
 */
record StatusLine(HttpVersion version, HttpResponseStatus status) {
  private static final int VERSION_LENGTH = "HTTP/1.1".length();
  private static final int REASON = "HTTP/1.1 200 ".length();
  private static final int LOWEST = 100;
  private static final int HIGHEST = 599;

  /** Parses the line of that length at the reader index, and leaves the index there. */
  static StatusLine parse(ByteBuf in, int length) throws GrammarException {
    int start = in.readerIndex();
    if (length < REASON) {
      throw new GrammarException("a status line that is too short");
    }
    HttpVersion version =
        switch (Octets.text(in, start, start + VERSION_LENGTH)) {
          case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
          case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
          default -> throw new GrammarException("a version other than 1.0 and 1.1");
        };
    if (in.getByte(start + VERSION_LENGTH) != ' ' || in.getByte(start + REASON - 1) != ' ') {
      throw new GrammarException("a malformed status line");
    }
    int code = code(in, start + VERSION_LENGTH + 1);
    String reason = Octets.text(in, start + REASON, start + length);
    return new StatusLine(version, HttpResponseStatus.valueOf(code, reason));
  }

  private static int code(ByteBuf in, int from) throws GrammarException {
    int code = 0;
    for (int i = from; i < from + 3; i++) {
      int octet = in.getByte(i);
      if (!Octets.isDigit(octet)) {
        throw new GrammarException("a status that is no number");
      }
      code = code * 10 + octet - '0';
    }
    if (code < LOWEST || code > HIGHEST) {
      throw new GrammarException("a status out of range");
    }
    return code;
  }
}

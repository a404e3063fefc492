package dev.discreet.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** {@code HTTP-version SP status-code SP [reason]} (RFC 9112 §4). */
record StatusLine(HttpVersion version, HttpResponseStatus status) {
  private static final int PREFIX = "HTTP/1.1 200 ".length();

  static StatusLine parse(String line) throws MalformedException {
    boolean http11 = line.startsWith("HTTP/1.1 ");
    boolean wellFormed =
        (http11 || line.startsWith("HTTP/1.0 "))
            && line.length() >= PREFIX
            && line.charAt(PREFIX - 1) == ' '
            && Grammar.isFieldText(line, PREFIX);
    if (!wellFormed) {
      throw new MalformedException("a malformed status line");
    }
    return new StatusLine(
        http11 ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0,
        new HttpResponseStatus(code(line), line.substring(PREFIX)));
  }

  private static int code(String line) throws MalformedException {
    int code = 0;
    for (int i = PREFIX - 4; i < PREFIX - 1; i++) {
      if (!Grammar.isDigit(line.charAt(i))) {
        throw new MalformedException("a malformed status");
      }
      code = code * 10 + line.charAt(i) - '0';
    }
    if (code < 100 || code > 599) {
      throw new MalformedException("a status out of range");
    }
    return code;
  }
}

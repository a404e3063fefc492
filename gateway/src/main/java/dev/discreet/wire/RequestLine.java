package dev.discreet.wire;

import io.netty.handler.codec.http.HttpVersion;

/** {@code method SP target SP HTTP-version}, with exactly these spaces (RFC 9112 §3). */
record RequestLine(String method, String target, HttpVersion version) {
  /** The longest method and version with their spaces, in octets. */
  static final int MOST_BESIDE_TARGET = 64;

  static RequestLine parse(String line, int targetLimit) throws MalformedException {
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first < 0 || first == last || !Grammar.isToken(line, 0, first)) {
      throw new MalformedException("a request line that is not method, target, version");
    }
    String target = line.substring(first + 1, last);
    if (target.length() > targetLimit) {
      throw new MalformedException(414, "a target longer than the limit");
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        throw new MalformedException("a space or control character in the target");
      }
    }
    if (target.isEmpty()) {
      throw new MalformedException("an empty target");
    }
    return new RequestLine(line.substring(0, first), target, version(line.substring(last + 1)));
  }

  private static HttpVersion version(String text) throws MalformedException {
    return switch (text) {
      case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
      case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
      default ->
          throw text.matches("HTTP/[0-9]\\.[0-9]")
              ? new MalformedException(505, "a version other than HTTP/1.0 and HTTP/1.1")
              : new MalformedException("a malformed version");
    };
  }
}

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/** {@code method SP request-target SP HTTP-version} (RFC 9112 §3), each SP exactly one. */
record RequestLine(HttpMethod method, String target, HttpVersion version) {
  /** Octets of a method; the longest registered one has 17. */
  private static final int METHOD_LIMIT = 64;

  private static final int VERSION_LENGTH = "HTTP/1.1".length();

  /**
   * {@return the longest line that can be a request, in octets without its end}
   *
   * @param target octets of the longest target
   */
  static int limit(int target) {
    return METHOD_LIMIT + 1 + target + 1 + VERSION_LENGTH;
  }

  /** Parses the line of that length at the reader index, and leaves the index there. */
  static RequestLine parse(ByteBuf in, int length, int targetLimit) throws GrammarException {
    int start = in.readerIndex();
    int end = start + length;
    int methodEnd = Octets.find(in, start, end, ' ');
    if (methodEnd < 0 || methodEnd - start > METHOD_LIMIT) {
      throw new GrammarException("no method");
    }
    if (!Octets.isToken(in, start, methodEnd)) {
      throw new GrammarException("a method that is no token");
    }
    int targetEnd = Octets.find(in, methodEnd + 1, end, ' ');
    if ((targetEnd < 0 ? end : targetEnd) - methodEnd - 1 > targetLimit) {
      throw new GrammarException(414, "the target is too long");
    }
    if (targetEnd < 0) {
      throw new GrammarException("a request line of two parts");
    }
    checkTarget(in, methodEnd + 1, targetEnd);
    HttpVersion version = version(in, targetEnd + 1, end);
    return new RequestLine(
        HttpMethod.valueOf(Octets.text(in, start, methodEnd)),
        Octets.text(in, methodEnd + 1, targetEnd),
        version);
  }

  private static void checkTarget(ByteBuf in, int from, int to) throws GrammarException {
    if (from == to) {
      throw new GrammarException("an empty target");
    }
    for (int i = from; i < to; i++) {
      if (!Octets.isVisible(in.getUnsignedByte(i))) {
        throw new GrammarException("a control character in the target");
      }
    }
  }

  private static HttpVersion version(ByteBuf in, int from, int to) throws GrammarException {
    String version = Octets.text(in, from, Math.min(to, from + VERSION_LENGTH + 1));
    return switch (version) {
      case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
      case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
      default -> throw noVersion(version);
    };
  }

  private static GrammarException noVersion(String version) {
    boolean wellFormed =
        version.length() == VERSION_LENGTH
            && version.startsWith("HTTP/")
            && Octets.isDigit(version.charAt(5))
            && version.charAt(6) == '.'
            && Octets.isDigit(version.charAt(7));
    return wellFormed
        ? new GrammarException(505, "a version other than 1.0 and 1.1")
        : new GrammarException("a malformed version");
  }
}

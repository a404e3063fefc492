package dev.discreet.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a request.
 *
 * @param framing how its end is told; HTTP/2 has one way only, and says a length or not
 * @param octets its size
 * @param sending when it is sent
 */
record Body(Framing framing, int octets, Sending sending) {
  enum Framing {
    NONE,
    SIZED,
    CHUNKED
  }

  enum Sending {
    /** With the head. */
    AT_ONCE,
    /** Once 100 came, or nothing did for a while; never after a final answer. */
    EXPECTING,
    /** Once no answer came for a while; never after one. */
    HELD
  }

  static final Body NONE = new Body(Framing.NONE, 0, Sending.AT_ONCE);

  static Body sized(int octets) {
    return new Body(Framing.SIZED, octets, Sending.AT_ONCE);
  }

  static Body chunked(int octets) {
    return new Body(Framing.CHUNKED, octets, Sending.AT_ONCE);
  }

  Body sent(Sending when) {
    return new Body(framing, octets, when);
  }

  /** {@return an empty JSON object of that size} */
  byte[] content() {
    byte[] content = new byte[octets];
    if (octets > 1) {
      Arrays.fill(content, (byte) ' ');
      content[0] = '{';
      content[octets - 1] = '}';
    }
    return content;
  }

  /** {@return the content as it goes over HTTP/1.1} */
  byte[] onTheWire() {
    if (framing != Framing.CHUNKED) {
      return content();
    }
    String head = Integer.toHexString(octets) + "\r\n";
    String body = new String(content(), StandardCharsets.ISO_8859_1);
    return (octets == 0 ? "0\r\n\r\n" : head + body + "\r\n0\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines that end in CRLF, and in nothing else (RFC 9112 §2.2). Remembers how far it has looked, so
 * that a head that arrives octet by octet is looked at once.
 */
final class Lines {
  private int scanned;

  /**
   * {@return the next line without its end, an octet a character; null if it is not there yet}
   *
   * @param limit the most octets that a line may have
   * @param tooLong the status that answers a longer one
   * @throws MalformedException at a bare CR or LF, or beyond the limit
   */
  @Nullable String next(ByteBuf in, int limit, int tooLong) throws MalformedException {
    int start = in.readerIndex();
    int cr = in.indexOf(start + scanned, in.writerIndex(), (byte) '\r');
    int seen = cr < 0 ? in.writerIndex() : cr;
    if (in.indexOf(start + scanned, seen, (byte) '\n') >= 0) {
      throw new MalformedException("a bare LF");
    }
    if (seen - start > limit) {
      throw new MalformedException(tooLong, "a line longer than the limit");
    }
    scanned = seen - start;
    if (cr < 0 || cr + 1 == in.writerIndex()) {
      return null;
    }
    if (in.getByte(cr + 1) != '\n') {
      throw new MalformedException("a bare CR");
    }
    String line = in.toString(start, cr - start, StandardCharsets.ISO_8859_1);
    in.readerIndex(cr + 2);
    scanned = 0;
    return line;
  }
}

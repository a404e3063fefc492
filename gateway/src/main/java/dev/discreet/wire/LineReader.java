package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Finds lines that CRLF ends. A CR or LF alone, and any other control character but HTAB, is
 * refused as soon as it is there: no line of HTTP/1.1 may have one.
 *
 * <p>It remembers how far it looked, so an octet is looked at once however the input is cut.
 * Between two calls that found nothing, nobody may move the reader index.
 */
final class LineReader {
  static final int INCOMPLETE = -1;
  static final int TOO_LONG = -2;

  private static final int LINE_END = 2;
  private static final ByteProcessor ORDINARY = octet -> Octets.isText(octet & 0xff);

  private int scanned;

  /**
   * Looks for the end of the line that begins at the reader index, and leaves the index there.
   *
   * @param limit the longest line in octets, line end not counted
   * @return its length without the line end, {@link #INCOMPLETE}, or {@link #TOO_LONG} as soon as
   *     more than {@code limit} octets are there
   */
  int find(ByteBuf in, int limit) throws GrammarException {
    int start = in.readerIndex();
    int from = start + scanned;
    int bound = (int) Math.min(in.writerIndex(), (long) start + limit + 1);
    int control = from < bound ? in.forEachByte(from, bound - from, ORDINARY) : -1;
    if (control < 0) {
      scanned = Math.max(bound - start, scanned);
      return scanned > limit ? TOO_LONG : INCOMPLETE;
    }
    if (in.getByte(control) != '\r') {
      throw new GrammarException(
          in.getByte(control) == '\n' ? "a bare LF" : "a control character in a line");
    }
    if (control + 1 == in.writerIndex()) {
      scanned = control - start;
      return INCOMPLETE;
    }
    if (in.getByte(control + 1) != '\n') {
      throw new GrammarException("a bare CR");
    }
    scanned = 0;
    return control - start;
  }

  /** Moves the reader index behind a line that was found, and its end. */
  static void skip(ByteBuf in, int length) {
    in.skipBytes(length + LINE_END);
  }
}

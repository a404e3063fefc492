package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * One header or trailer section (RFC 9112 §5): field lines and the empty line that ends them. Names
 * and values stay as they came; only the blanks around a value, which are not part of it, go.
 */
final class FieldSection {
  private static final int LINE_END = 2;

  private final LineReader lines = new LineReader();
  private final HttpHeaders fields =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  private int octetsLeft;
  private int fieldsLeft;

  FieldSection(DecoderLimits limits) {
    octetsLeft = limits.headers();
    fieldsLeft = limits.headerCount();
  }

  /**
   * Reads as many lines as are complete.
   *
   * @return whether the section is complete
   */
  boolean read(ByteBuf in) throws GrammarException {
    while (true) {
      int length = lines.find(in, Math.max(octetsLeft - LINE_END, 0));
      if (length == LineReader.TOO_LONG) {
        throw new GrammarException(431, "the fields are too large");
      } else if (length == LineReader.INCOMPLETE) {
        return false;
      } else if (length == 0) {
        LineReader.skip(in, length);
        return true;
      }
      addLine(in, length);
    }
  }

  HttpHeaders fields() {
    return fields;
  }

  private void addLine(ByteBuf in, int length) throws GrammarException {
    if (--fieldsLeft < 0) {
      throw new GrammarException(431, "too many fields");
    }
    octetsLeft -= length + LINE_END;
    int start = in.readerIndex();
    int end = start + length;
    if (Octets.isBlank(in.getByte(start))) {
      throw new GrammarException("a folded line");
    }
    int colon = Octets.find(in, start, end, ':');
    if (colon < 0) {
      throw new GrammarException("a field line without a colon");
    }
    if (!Octets.isToken(in, start, colon)) {
      throw new GrammarException("a field name that is no token");
    }
    fields.add(Octets.text(in, start, colon), value(in, colon + 1, end));
    LineReader.skip(in, length);
  }

  private static String value(ByteBuf in, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Octets.isBlank(in.getByte(start))) {
      start++;
    }
    while (end > start && Octets.isBlank(in.getByte(end - 1))) {
      end--;
    }
    return Octets.text(in, start, end);
  }
}

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes field lines as Netty's encoder does, but each name and value by one copy: octet by octet a
 * long token costs more than everything else that is written.
 */
final class FieldWriter {
  private static final int COLON_AND_SPACE = ':' << 8 | ' ';
  private static final int LINE_END = '\r' << 8 | '\n';

  private FieldWriter() {}

  static void write(HttpHeaders fields, ByteBuf out) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = fields.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      write(line.getKey(), out);
      out.writeShort(COLON_AND_SPACE);
      write(line.getValue(), out);
      out.writeShort(LINE_END);
    }
  }

  private static void write(CharSequence text, ByteBuf out) {
    if (text instanceof AsciiString ascii) {
      out.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      out.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}

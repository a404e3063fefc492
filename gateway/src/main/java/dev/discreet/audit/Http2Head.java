package dev.discreet.audit;

import dev.discreet.audit.Body.Framing;
import dev.discreet.audit.Body.Sending;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a request over HTTP/2, its fields as literals that are not indexed (RFC 7541 §6.2.2):
 * so one request has the same octets whenever it is sent.
 */
final class Http2Head {
  private static final int SHORT = 127;

  private Http2Head() {}

  /** {@return the HEADERS frame} */
  static byte[] frame(int stream, Target target, String agent, Ask ask) {
    int end = ask.body().framing() == Framing.NONE ? Frame.END_STREAM : 0;
    return Frame.octets(
        Frame.HEADERS, Frame.END_HEADERS | end, stream, block(fields(target, agent, ask)));
  }

  private static List<Field> fields(Target target, String agent, Ask ask) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(":method", ask.method()));
    fields.add(new Field(":scheme", target.scheme()));
    fields.add(new Field(":authority", target.authority()));
    fields.add(new Field(":path", ask.path()));
    fields.add(new Field("user-agent", agent));
    fields.addAll(ask.fields());
    if (ask.body().framing() == Framing.SIZED) {
      fields.add(new Field("content-length", Integer.toString(ask.body().octets())));
    }
    if (ask.body().sending() == Sending.EXPECTING) {
      fields.add(new Field("expect", "100-continue"));
    }
    return fields;
  }

  /** {@return the status, 0 where it is none (RFC 9113 §8.3.2)} */
  static int status(CharSequence value) {
    return value.toString().matches("\\d{3}") ? Integer.parseInt(value.toString()) : 0;
  }

  static byte[] block(List<Field> fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Field field : fields) {
      block.write(0);
      literal(block, field.name());
      literal(block, field.value());
    }
    return block.toByteArray();
  }

  /** A string without Huffman's code, its length with a prefix of 7 bits (RFC 7541 §5). */
  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    if (octets.length < SHORT) {
      block.write(octets.length);
    } else {
      block.write(SHORT);
      int rest = octets.length - SHORT;
      for (; rest >= 128; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.writeBytes(octets);
  }
}

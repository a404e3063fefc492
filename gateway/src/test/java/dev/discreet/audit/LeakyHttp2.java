package dev.discreet.audit;

import dev.discreet.audit.Leaky.Answer;
import dev.discreet.audit.Leaky.Asked;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same in HTTP/2: as much of it as an audit speaks. */
final class LeakyHttp2 {
  private static final int PREFACE = 24;
  private static final int PIECE = 16_384;
  private static final int REFUSED_STREAM = 7;
  private static final int NO_ERROR = 0;

  private final Socket socket;
  private final InputStream in;
  private final LeakyServer server;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private boolean over;

  LeakyHttp2(Socket socket, InputStream in, LeakyServer server) {
    this.socket = socket;
    this.in = in;
    this.server = server;
  }

  void serve() throws IOException {
    in.skipNBytes(PREFACE);
    write(Frame.octets(Frame.SETTINGS, 0, 0));
    while (!over) {
      Frame frame = Frame.read(in);
      switch (frame.type()) {
        case Frame.HEADERS -> head(frame);
        case Frame.DATA -> widen(frame.payload().length);
        case Frame.PING -> write(Frame.octets(Frame.PING, Frame.ACK, 0, frame.payload()));
        default -> {
          // Nothing is to be done about it.
        }
      }
    }
  }

  private void widen(int octets) throws IOException {
    byte[] increment = ByteBuffer.allocate(4).putInt(octets).array();
    if (octets > 0) {
      write(Frame.octets(Frame.WINDOW_UPDATE, 0, 0, increment));
      write(Frame.octets(Frame.WINDOW_UPDATE, 0, 1, increment));
    }
  }

  private void write(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  private void head(Frame frame) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try {
      decoder
          .decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.content()))
          .forEach(each -> fields.put(each.getKey().toString(), each.getValue().toString()));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
    String method = String.valueOf(fields.remove(":method"));
    String path = String.valueOf(fields.remove(":path"));
    Asked asked = new Asked("HTTP/2", method, path, fields);
    Answer answer = server.answer(asked);
    if (answer.silent) {
      return;
    }
    if (answer.resets) {
      write(
          Frame.octets(
              Frame.RST_STREAM,
              0,
              frame.stream(),
              ByteBuffer.allocate(4).putInt(REFUSED_STREAM).array()));
      return;
    }
    write(octets(frame.stream(), asked, answer));
    if (answer.closes) {
      byte[] why = ByteBuffer.allocate(8).putInt(frame.stream()).putInt(NO_ERROR).array();
      write(Frame.octets(Frame.GOAWAY, 0, 0, why));
      over = true;
    }
  }

  private static byte[] octets(int stream, Asked asked, Answer answer) {
    byte[] early =
        answer.early.isEmpty()
            ? new byte[0]
            : Frame.octets(Frame.HEADERS, Frame.END_HEADERS, stream, block(103, answer.early));
    return Frame.join(early, finalOctets(stream, asked, answer));
  }

  private static byte[] block(int status, List<Field> others) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(":status", Integer.toString(status)));
    fields.addAll(others);
    return Http2Head.block(fields);
  }

  private static byte[] finalOctets(int stream, Asked asked, Answer answer) {
    byte[] block = block(answer.status, answer.framed(false));
    if (asked.method().equals("HEAD")) {
      return Frame.octets(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, stream, block);
    }
    byte[] body = answer.body.getBytes(StandardCharsets.ISO_8859_1);
    byte[] head = Frame.octets(Frame.HEADERS, Frame.END_HEADERS, stream, block);
    if (answer.split) {
      head = Frame.join(head, Frame.octets(Frame.DATA, 0, stream, body));
      body = new byte[0];
    }
    for (; body.length > PIECE; body = Arrays.copyOfRange(body, PIECE, body.length)) {
      byte[] piece = Arrays.copyOf(body, PIECE);
      head = Frame.join(head, Frame.octets(Frame.DATA, 0, stream, piece));
    }
    return Frame.join(head, Frame.octets(Frame.DATA, Frame.END_STREAM, stream, body));
  }
}

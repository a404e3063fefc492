package dev.discreet.audit;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times requests of HTTP/2, a stream each. */
final class Http2Stopwatch extends Stopwatch {
  private static final int HEAD = 9;
  private static final int STREAM = 5;

  /** How much of the connection's window is used before it is widened again. */
  private static final int REFILL = 1 << 28;

  private DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private int stream = -1;
  private int parsed;
  private int used;
  private boolean spent;

  Http2Stopwatch(Target target, String agent, List<Ask> asks) throws IOException {
    super(
        target,
        Protocol.H2,
        asks.stream().map(ask -> Http2Head.frame(1, target, agent, ask)).toList());
    send(Frame.PREFACE);
  }

  @Override
  void greet() throws IOException {
    decoder = new DefaultHttp2HeadersDecoder(false);
    stream = -1;
    used = 0;
    spent = false;
    send(Frame.PREFACE);
  }

  @Override
  boolean endsWithConnection() {
    return false;
  }

  @Override
  boolean spent() {
    return spent;
  }

  @Override
  void prepare(ByteBuffer request) {
    stream += 2;
    request.putInt(STREAM, stream);
    parsed = 0;
  }

  @Override
  boolean complete() throws IOException {
    boolean over = false;
    while (answer.position() - parsed >= HEAD) {
      int length = ((answer.get(parsed) & 0xFF) << 16) | (answer.getShort(parsed + 1) & 0xFFFF);
      if (answer.position() - parsed < HEAD + length) {
        break;
      }
      over |= take(answer.get(parsed + 3), answer.get(parsed + 4), parsed + HEAD, length);
      parsed += HEAD + length;
    }
    return over;
  }

  /** {@return whether a frame ends the answer} */
  private boolean take(int type, int flags, int payload, int length) throws IOException {
    boolean own = answer.getInt(payload - 4) == stream;
    switch (type) {
      case Frame.SETTINGS -> acknowledge(Frame.SETTINGS, flags, payload, 0);
      case Frame.PING -> acknowledge(Frame.PING, flags, payload, length);
      case Frame.GOAWAY -> leave(answer.getInt(payload) & Integer.MAX_VALUE);
      case Frame.DATA -> use(length);
      default -> {
        // What is left is of the stream, or tells nothing.
      }
    }
    boolean ends = type == Frame.DATA || type == Frame.HEADERS;
    return own && (type == Frame.RST_STREAM || (ends && (flags & Frame.END_STREAM) != 0));
  }

  /** Reads all of what came again: the table of HPACK lives through all answers (RFC 7541 §2.2). */
  @Override
  int status() throws IOException {
    byte[] octets = new byte[parsed];
    answer.get(0, octets);
    ByteArrayInputStream in = new ByteArrayInputStream(octets);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    int status = 0;
    while (in.available() > 0) {
      Frame frame = Frame.read(in);
      if (frame.type() == Frame.HEADERS || frame.type() == Frame.CONTINUATION) {
        block.writeBytes(frame.content());
        if (frame.has(Frame.END_HEADERS)) {
          @Nullable CharSequence told = decoded(block.toByteArray()).status();
          status = told == null ? status : Http2Head.status(told);
          block.reset();
        }
      }
    }
    return status;
  }

  private Http2Headers decoded(byte[] block) throws IOException {
    try {
      return decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
    } catch (Http2Exception e) {
      throw new IOException("no field section", e);
    }
  }

  /** What is under way up to a stream is still answered (RFC 9113 §6.8). */
  private void leave(int last) throws IOException {
    if (last < stream) {
      throw new IOException("the connection ended");
    }
    spent = true;
  }

  private void acknowledge(int type, int flags, int payload, int length) throws IOException {
    if ((flags & Frame.ACK) == 0) {
      byte[] echoed = new byte[length];
      answer.get(payload, echoed);
      send(Frame.octets(type, Frame.ACK, 0, echoed));
    }
  }

  private void use(int length) throws IOException {
    used += length;
    if (used > REFILL) {
      send(Frame.octets(Frame.WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(used).array()));
      used = 0;
    }
  }
}

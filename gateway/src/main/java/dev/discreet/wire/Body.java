package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Reads one body part by part, without copying and never gathered. */
final class Body {
  private static final int MOST_EXTENSION_OCTETS = 4 << 10;

  private enum At {
    SIZE,
    DATA,
    DATA_END,
    TRAILER,
    DONE
  }

  private final Lines lines = new Lines();
  private final Fields trailers;
  private Framing framing = new Framing.Length(0);
  private At at = At.DONE;
  private long left;
  private int extensionOctets;

  Body(DecoderLimits limits) {
    trailers = new Fields(limits);
  }

  void begin(Framing framing) {
    this.framing = framing;
    extensionOctets = 0;
    at = framing instanceof Framing.Chunked ? At.SIZE : At.DATA;
    left =
        switch (framing) {
          case Framing.Length length -> length.octets();
          case Framing.UntilClose untilClose -> Long.MAX_VALUE;
          case Framing.Chunked chunked -> 0;
        };
  }

  boolean done() {
    return at == At.DONE;
  }

  /** {@return the next part; null if nothing of it is there yet} */
  @Nullable HttpContent next(ByteBuf in) throws MalformedException {
    if (!(framing instanceof Framing.Chunked)) {
      return plain(in);
    }
    while (true) {
      switch (at) {
        case SIZE -> {
          String line = lines.next(in, MOST_EXTENSION_OCTETS, 400);
          if (line == null) {
            return null;
          }
          size(line);
        }
        case DATA -> {
          return in.isReadable() ? data(in) : null;
        }
        case DATA_END -> {
          if (!dataEnd(in)) {
            return null;
          }
        }
        case TRAILER -> {
          return trailers.read(in) ? last() : null;
        }
        case DONE -> {
          return null;
        }
      }
    }
  }

  private @Nullable HttpContent plain(ByteBuf in) {
    if (left == 0) {
      at = At.DONE;
      return LastHttpContent.EMPTY_LAST_CONTENT;
    }
    if (!in.isReadable()) {
      return null;
    }
    ByteBuf part = in.readRetainedSlice((int) Math.min(in.readableBytes(), left));
    left -= framing instanceof Framing.Length ? part.readableBytes() : 0;
    if (left > 0) {
      return new DefaultHttpContent(part);
    }
    at = At.DONE;
    return new DefaultLastHttpContent(part);
  }

  private void size(String line) throws MalformedException {
    extensionOctets += ChunkHeader.extensionOctets(line);
    if (extensionOctets > MOST_EXTENSION_OCTETS) {
      throw new MalformedException("more chunk extensions than 4 KiB");
    }
    left = ChunkHeader.size(line);
    at = left == 0 ? At.TRAILER : At.DATA;
  }

  private HttpContent data(ByteBuf in) {
    ByteBuf part = in.readRetainedSlice((int) Math.min(in.readableBytes(), left));
    left -= part.readableBytes();
    if (left == 0) {
      at = At.DATA_END;
    }
    return new DefaultHttpContent(part);
  }

  private boolean dataEnd(ByteBuf in) throws MalformedException {
    String line = lines.next(in, 0, 400);
    if (line == null) {
      return false;
    }
    at = At.SIZE;
    return true;
  }

  private HttpContent last() {
    // Netty's own validation would throw at names that are to be dropped, not refused.
    DefaultLastHttpContent last =
        new DefaultLastHttpContent(
            Unpooled.EMPTY_BUFFER,
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false));
    last.trailingHeaders().set(trailers.take());
    at = At.DONE;
    return last;
  }

  /**
   * The connection has ended: {@return the last part where that is how the body ends, else null}
   */
  @Nullable LastHttpContent ended() {
    if (framing instanceof Framing.UntilClose && at != At.DONE) {
      at = At.DONE;
      return LastHttpContent.EMPTY_LAST_CONTENT;
    }
    return null;
  }
}

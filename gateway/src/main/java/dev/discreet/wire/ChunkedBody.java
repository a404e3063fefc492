package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** A body in chunks (RFC 9112 §7.1). Its extensions are checked and dropped. */
final class ChunkedBody implements BodyReader {
  private enum Expecting {
    SIZE,
    DATA,
    DATA_END,
    TRAILERS
  }

  private final LineReader lines = new LineReader();
  private final ChunkHeader header = new ChunkHeader();
  private final FieldSection trailers;
  private Expecting expecting = Expecting.SIZE;
  private int left;

  ChunkedBody(DecoderLimits limits) {
    trailers = new FieldSection(limits);
  }

  @Override
  public @Nullable HttpContent next(ByteBuf in) throws GrammarException {
    while (in.isReadable()) {
      switch (expecting) {
        case SIZE -> {
          if (!readSize(in)) {
            return null;
          }
        }
        case DATA -> {
          return data(in);
        }
        case DATA_END -> {
          if (!readDataEnd(in)) {
            return null;
          }
        }
        case TRAILERS -> {
          return trailers.read(in) ? last() : null;
        }
      }
    }
    return null;
  }

  @Override
  public boolean endsWithConnection() {
    return false;
  }

  private boolean readSize(ByteBuf in) throws GrammarException {
    int length = lines.find(in, header.lineLimit());
    if (length == LineReader.TOO_LONG) {
      throw new GrammarException("a chunk size or its extensions too long");
    } else if (length == LineReader.INCOMPLETE) {
      return false;
    }
    left = header.parse(in, length);
    LineReader.skip(in, length);
    expecting = left == 0 ? Expecting.TRAILERS : Expecting.DATA;
    return true;
  }

  private HttpContent data(ByteBuf in) {
    ByteBuf part = in.readRetainedSlice(Math.min(left, in.readableBytes()));
    left -= part.readableBytes();
    if (left == 0) {
      expecting = Expecting.DATA_END;
    }
    return new DefaultHttpContent(part);
  }

  private boolean readDataEnd(ByteBuf in) throws GrammarException {
    int length = lines.find(in, 0);
    if (length == LineReader.TOO_LONG) {
      throw new GrammarException("a chunk longer than its size");
    } else if (length == LineReader.INCOMPLETE) {
      return false;
    }
    LineReader.skip(in, length);
    expecting = Expecting.SIZE;
    return true;
  }

  private LastHttpContent last() {
    return trailers.fields().isEmpty()
        ? LastHttpContent.EMPTY_LAST_CONTENT
        : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers.fields());
  }
}

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks (RFC 9112 §7.1). Its extensions are checked and dropped; where one chunk ends
 * and the next begins has no meaning, and is not kept.
 */
final class ChunkedBody implements BodyReader {
  private enum Expecting {
    SIZE,
    DATA,
    DATA_END,
    TRAILERS
  }

  /**
   * Octets of smaller chunks are gathered, as far as they are at hand: passed on one by one, a read
   * full of them would hold many times its size.
   */
  private static final int SMALL = 1024;

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
    ByteBuf gathered = null;
    try {
      while (in.isReadable() && reachesData(in)) {
        if (expecting == Expecting.TRAILERS) {
          return gathered == null ? trailers(in) : new DefaultHttpContent(gathered);
        }
        ByteBuf part = data(in);
        if (gathered == null && part.readableBytes() >= SMALL) {
          return new DefaultHttpContent(part.retain());
        }
        gathered = gathered == null ? in.alloc().buffer(SMALL) : gathered;
        gathered.writeBytes(part);
        if (gathered.readableBytes() >= SMALL) {
          break;
        }
      }
    } catch (GrammarException refusal) {
      // What was good before it comes first; it is met again by the next call.
      if (gathered == null) {
        throw refusal;
      }
    }
    return gathered == null ? null : new DefaultHttpContent(gathered);
  }

  /** {@return whether octets of a chunk, or the trailers, come next} */
  private boolean reachesData(ByteBuf in) throws GrammarException {
    if (expecting == Expecting.DATA_END && !readDataEnd(in)) {
      return false;
    }
    return (expecting != Expecting.SIZE || readSize(in)) && in.isReadable();
  }

  private @Nullable HttpContent trailers(ByteBuf in) throws GrammarException {
    return trailers.read(in) ? last() : null;
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

  private ByteBuf data(ByteBuf in) {
    ByteBuf part = in.readSlice(Math.min(left, in.readableBytes()));
    left -= part.readableBytes();
    if (left == 0) {
      expecting = Expecting.DATA_END;
    }
    return part;
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

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** A body of a length that is known (RFC 9112 §6.2). */
final class SizedBody implements BodyReader {
  private long left;

  SizedBody(long octets) {
    left = octets;
  }

  @Override
  public @Nullable HttpContent next(ByteBuf in) {
    if (left == 0) {
      return LastHttpContent.EMPTY_LAST_CONTENT;
    }
    if (!in.isReadable()) {
      return null;
    }
    ByteBuf part = in.readRetainedSlice((int) Math.min(left, in.readableBytes()));
    left -= part.readableBytes();
    return left == 0 ? new DefaultLastHttpContent(part) : new DefaultHttpContent(part);
  }

  @Override
  public boolean endsWithConnection() {
    return false;
  }
}

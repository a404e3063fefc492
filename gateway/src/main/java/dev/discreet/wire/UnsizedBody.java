package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import org.jspecify.annotations.Nullable;

/** The body of an answer that only the end of the connection ends (RFC 9112 §6.3, rule 8). */
final class UnsizedBody implements BodyReader {
  @Override
  public @Nullable HttpContent next(ByteBuf in) {
    return in.isReadable()
        ? new DefaultHttpContent(in.readRetainedSlice(in.readableBytes()))
        : null;
  }

  @Override
  public boolean endsWithConnection() {
    return true;
  }
}

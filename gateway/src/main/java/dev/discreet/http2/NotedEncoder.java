package dev.discreet.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DecoratingHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Stream;

/** What is sent to a peer allows him to acknowledge it, and explains what comes late. */
final class NotedEncoder extends DecoratingHttp2ConnectionEncoder {
  /** A frame of the size that every peer takes (RFC 9113 §4.2). */
  private static final int FRAME_OCTETS = 16_384;

  private final FrameBudget budget;
  private final ClosedStreams closed;
  private final Http2FrameWriter writer;

  NotedEncoder(Http2ConnectionEncoder delegate, FrameBudget budget, ClosedStreams closed) {
    super(delegate);
    this.budget = budget;
    this.closed = closed;
    writer = new Writer(delegate.frameWriter());
  }

  @Override
  public Http2FrameWriter frameWriter() {
    return writer;
  }

  @Override
  public ChannelFuture writeRstStream(
      ChannelHandlerContext ctx, int streamId, long errorCode, ChannelPromise promise) {
    closed.reset(streamId);
    return super.writeRstStream(ctx, streamId, errorCode, promise);
  }

  @Override
  public ChannelFuture writeData(
      ChannelHandlerContext ctx,
      int streamId,
      ByteBuf data,
      int padding,
      boolean endStream,
      ChannelPromise promise) {
    for (int octets = data.readableBytes(); octets > 0; octets -= FRAME_OCTETS) {
      budget.message();
    }
    return super.writeData(ctx, streamId, data, padding, endStream, promise);
  }

  /**
   * Gives no stream room that we have reset, since nothing may follow that (RFC 9113 §5.1): Netty
   * does for what comes before its reset has left.
   */
  private final class Writer extends DecoratingHttp2FrameWriter {
    Writer(Http2FrameWriter delegate) {
      super(delegate);
    }

    @Override
    public ChannelFuture writeWindowUpdate(
        ChannelHandlerContext ctx, int streamId, int increment, ChannelPromise promise) {
      Http2Stream stream = connection().stream(streamId);
      return stream != null && stream.isResetSent()
          ? promise.setSuccess()
          : super.writeWindowUpdate(ctx, streamId, increment, promise);
    }
  }
}

package dev.discreet.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message to a stream. Its head is held until it is known whether the stream ends with it:
 * some readers take an empty DATA for a body, gRPC's do.
 */
final class MessageWriter {
  private @Nullable Http2Headers unsent;

  void head(Http2Headers head, ChannelPromise promise) {
    unsent = head;
    promise.trySuccess();
  }

  void content(ChannelHandlerContext ctx, HttpContent part, ChannelPromise promise) {
    boolean last = part instanceof LastHttpContent;
    boolean trailers = part instanceof LastHttpContent end && !end.trailingHeaders().isEmpty();
    boolean empty = !part.content().isReadable();
    if (last && empty && !trailers && unsent != null) {
      sendHead(ctx, true, promise);
      part.release();
      return;
    }
    sendHead(ctx, false, ctx.newPromise());
    if (!trailers) {
      ctx.write(new DefaultHttp2DataFrame(part.content(), last), promise);
      return;
    }
    Http2Headers fields = SentFields.trailers(((LastHttpContent) part).trailingHeaders());
    if (empty) {
      part.release();
    } else {
      ctx.write(new DefaultHttp2DataFrame(part.content()));
    }
    ctx.write(new DefaultHttp2HeadersFrame(fields, true), promise);
  }

  /** To be called before a flush. */
  void flush(ChannelHandlerContext ctx) {
    sendHead(ctx, false, ctx.newPromise());
  }

  private void sendHead(ChannelHandlerContext ctx, boolean ends, ChannelPromise promise) {
    Http2Headers head = unsent;
    if (head != null) {
      unsent = null;
      ctx.write(new DefaultHttp2HeadersFrame(head, ends), promise);
    }
  }
}

package dev.discreet.http;

import dev.discreet.wire.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells which protocol a client speaks: over TLS by what was agreed upon (ALPN, RFC 7301), in
 * cleartext by its first octets, which are the preface of HTTP/2 or are not (prior knowledge, RFC
 * 9113 §3.3). Leaves when it knows.
 */
final class ProtocolSwitch extends ChannelInboundHandlerAdapter {
  private final @Nullable SslHandler tls;
  private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
  private final Runnable toHttp2;
  private @Nullable ByteBuf first;

  /**
   * Waits for the protocol of one connection.
   *
   * @param tls null for cleartext
   * @param toHttp2 puts the handlers of HTTP/2 in place of those behind this one
   */
  ProtocolSwitch(@Nullable SslHandler tls, Runnable toHttp2) {
    this.tls = tls;
    this.toHttp2 = toHttp2;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (tls != null && event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
      decide(ctx, ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol()));
    } else if (event instanceof ChannelInputShutdownEvent && first != null) {
      decide(ctx, false);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (tls != null || !(message instanceof ByteBuf octets)) {
      ctx.fireChannelRead(message);
      return;
    }
    boolean begins = first == null;
    ByteBuf known =
        first == null
            ? octets
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), first, octets);
    first = known;
    int length = Math.min(known.readableBytes(), preface.readableBytes());
    boolean same =
        known
            .slice(known.readerIndex(), length)
            .equals(preface.slice(preface.readerIndex(), length));
    if (!same || length == preface.readableBytes()) {
      decide(ctx, same);
    } else if (begins) {
      // Who stops within the preface is as slow as who stops within a head.
      ctx.fireUserEventTriggered(RequestDecoder.Event.HEAD_STARTED);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (first != null) {
      ctx.read();
    }
  }

  private void decide(ChannelHandlerContext ctx, boolean http2) {
    if (http2) {
      toHttp2.run();
    }
    ctx.pipeline().remove(this);
  }

  /** What was held for the decision goes on to who follows from it. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    preface.release();
    ByteBuf held = first;
    first = null;
    if (held != null && ctx.channel().isActive()) {
      ctx.fireChannelRead(held);
      ctx.fireChannelReadComplete();
    } else if (held != null) {
      held.release();
    }
  }
}

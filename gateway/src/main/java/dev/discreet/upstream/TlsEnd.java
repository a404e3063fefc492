package dev.discreet.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.EOFException;

/**
 * Says how a connection over TLS ended. Its end is {@code close_notify}; a FIN without it may be
 * anybody's, so that what it leaves incomplete is cut (RFC 9112 §9.8).
 */
final class TlsEnd extends ChannelInboundHandlerAdapter {
  private boolean ended;

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
      end(ctx);
    } else if (event instanceof ChannelInputShutdownEvent && !ended) {
      ctx.fireExceptionCaught(new EOFException("the connection ended without close_notify"));
      end(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void end(ChannelHandlerContext ctx) {
    if (!ended) {
      ended = true;
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }
}

package dev.discreet.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that the last answer arrives (RFC 9112 §9.6): our side is closed, what the
 * client still sends is read and dropped for at most 2 s. Put first, so that nobody else sees it.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final long SECONDS = 2;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (!(ctx.channel() instanceof DuplexChannel channel) || channel.isInputShutdown()) {
      ctx.close();
      return;
    }
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      // First the end of what was said (RFC 8446 §6.1), else the answer could have been cut.
      tls.closeOutbound().addListener(said -> channel.shutdownOutput());
    }
    var timer = ctx.executor().schedule(() -> ctx.close(), SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
    ctx.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
  }
}

package dev.discreet.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets parts of a body pass one at a time, to whom reads. What came with the same octets as the
 * head waits here until the request is decided; it is never more than one read of the socket.
 */
final class BodyGate extends ChannelDuplexHandler {
  private final Queue<HttpContent> waiting = new ArrayDeque<>();
  private boolean wanted;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HttpContent part)) {
      ctx.fireChannelRead(message);
    } else if (wanted && waiting.isEmpty()) {
      wanted = false;
      ctx.fireChannelRead(part);
    } else {
      waiting.add(part);
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    HttpContent part = waiting.poll();
    if (part == null) {
      wanted = true;
      ctx.read();
    } else {
      ctx.fireChannelRead(part);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    release();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }

  private void release() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}

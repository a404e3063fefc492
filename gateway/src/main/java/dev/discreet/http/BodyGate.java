package dev.discreet.http;

import dev.discreet.wire.Malformed;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets parts of a body pass one at a time, to whom reads. What came with the same octets as the
 * head waits here until the request is decided; it is never more than one read of the socket.
 */
final class BodyGate extends ChannelDuplexHandler {
  private final Queue<Object> waiting = new ArrayDeque<>();
  private boolean inBody;
  private boolean wanted;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    boolean ofBody = message instanceof HttpContent || (message instanceof Malformed && inBody);
    if (!ofBody) {
      inBody |= message instanceof HttpRequest;
      ctx.fireChannelRead(message);
    } else if (wanted && waiting.isEmpty()) {
      pass(ctx, message);
    } else {
      waiting.add(message);
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    Object part = waiting.poll();
    if (part == null) {
      wanted = true;
      ctx.read();
    } else {
      pass(ctx, part);
    }
  }

  private void pass(ChannelHandlerContext ctx, Object part) {
    wanted = false;
    inBody = part instanceof HttpContent && !(part instanceof LastHttpContent);
    ctx.fireChannelRead(part);
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

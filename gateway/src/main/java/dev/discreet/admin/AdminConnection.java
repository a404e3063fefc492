package dev.discreet.admin;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the connections, in number and in time as a whole, so that whoever opens many or is slow
 * keeps no orchestrator from asking. Used on one event loop only.
 */
@Sharable
final class AdminConnection extends ChannelInboundHandlerAdapter {
  static final int CONNECTIONS = 64;
  private static final int SECONDS = 10;

  private int open;

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (open == CONNECTIONS) {
      close(ctx);
      return;
    }
    open++;
    Future<?> deadline = ctx.executor().schedule(() -> close(ctx), SECONDS, TimeUnit.SECONDS);
    ctx.channel()
        .closeFuture()
        .addListener(
            closed -> {
              open--;
              deadline.cancel(false);
            });
    ctx.fireChannelActive();
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }
}

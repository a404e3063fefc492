package dev.discreet.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Answers a browser that asks whether it may send a request (SPEC §2, row 13): by {@code cors}
 * alone, before anybody asks who calls, and the same for every path, but for routes that observe.
 */
final class Preflight extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Answer answer = message instanceof TargetedRequest request ? answer(request) : null;
    if (answer == null) {
      ctx.fireChannelRead(message);
    } else {
      ctx.writeAndFlush(answer);
    }
  }

  private static @Nullable Answer answer(TargetedRequest request) {
    Exchange exchange = request.exchange();
    Cors cors = exchange.snapshot().cors();
    if (cors == null || !Cors.isPreflight(exchange.request())) {
      return null;
    }
    return Authorization.observes(exchange, request.target())
        ? null
        : cors.preflight(exchange.request().headers());
  }
}

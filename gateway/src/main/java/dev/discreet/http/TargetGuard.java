package dev.discreet.http;

import dev.discreet.config.GatewayConfig.PathsConfig;
import dev.discreet.http.RequestTarget.AmbiguousTarget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Function;

/** Refuses a target that two programs could read differently, and never repairs one (SPEC §7). */
final class TargetGuard extends ChannelInboundHandlerAdapter {
  private final Function<Exchange, PathsConfig> rules;

  TargetGuard(Function<Exchange, PathsConfig> rules) {
    this.rules = rules;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof Exchange exchange)) {
      ctx.fireChannelRead(message);
      return;
    }
    HttpRequest request = exchange.request();
    try {
      RequestTarget target =
          RequestTarget.read(
              request.uri(),
              request.headers().get(HttpHeaderNames.HOST, ""),
              rules.apply(exchange));
      exchange.targets(target);
      ctx.fireChannelRead(new TargetedRequest(exchange, target));
    } catch (AmbiguousTarget e) {
      ctx.writeAndFlush(Answers.rejected(400, e.reason()));
    }
  }
}

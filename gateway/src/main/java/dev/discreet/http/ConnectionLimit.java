package dev.discreet.http;

import dev.discreet.config.LimitsConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Sheds connections beyond what the gateway bears: 503 at once, whoever it is (SPEC §2, step 0).
 */
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final Connections connections;
  private final LimitsConfig limits;

  ConnectionLimit(Connections connections, LimitsConfig limits) {
    this.connections = connections;
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    InetAddress address = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    boolean admitted = connections.opened(ctx.channel(), address, limits);
    ctx.channel().closeFuture().addListener(closed -> connections.closed(address));
    ctx.fireChannelActive();
    if (!admitted) {
      ctx.pipeline().writeAndFlush(Answers.rejected(503, "too many connections"));
    }
  }
}

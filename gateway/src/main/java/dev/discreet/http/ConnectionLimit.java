package dev.discreet.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Sheds connections beyond what the gateway bears: 503 at once, whoever it is (SPEC §2, step 0).
 */
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final Gateway gateway;

  ConnectionLimit(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    InetAddress address = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    Connections connections = gateway.connections();
    boolean admitted =
        connections.opened(ctx.channel(), address, gateway.current().config().limits());
    ctx.channel().closeFuture().addListener(closed -> connections.closed(address));
    ctx.fireChannelActive();
    if (!admitted) {
      ctx.pipeline().writeAndFlush(Answers.rejected(503, "too many connections"));
    }
  }
}

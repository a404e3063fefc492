package dev.discreet.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Answers whoever asks how to get a token (RFC 9728 §3), a bad one in hand or not. By the path
 * alone: who reads it compares {@code resource} with what was asked for (§3.3).
 */
final class PublicDocuments extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof TargetedRequest(Exchange exchange, RequestTarget target)) {
      Answer document = exchange.snapshot().answers().document(exchange.request().method(), target);
      if (document != null) {
        ctx.writeAndFlush(document);
        return;
      }
    }
    ctx.fireChannelRead(message);
  }
}

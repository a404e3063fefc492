package dev.discreet.http;

import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Carries permitted requests to their upstreams; a {@link Relay} lives for one of them. */
final class Forwarding extends ChannelInboundHandlerAdapter {
  private final Gateway gateway;
  private @Nullable Relay relay;

  Forwarding(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Relay current = relay;
    switch (message) {
      case PermittedRequest request -> begin(ctx, request);
      case HttpContent part when current != null -> current.requestPart(part);
      case Malformed broken when current != null ->
          current.refuse(broken.status(), broken.reason());
      case Malformed broken ->
          ctx.writeAndFlush(Answers.rejected(broken.status(), broken.reason()));
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, PermittedRequest request) {
    long limit = request.permit().route().forwarding().bodyLimit();
    if (limit > 0 && request.exchange().contentLength() > limit) {
      ctx.writeAndFlush(
          Answers.failed(
              HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code(), "the body is too large"));
      return;
    }
    relay = new Relay(ctx, request, gateway, () -> relay = null);
    relay.start();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (relay != null) {
      relay.clientWritable(ctx.channel().isWritable());
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestDecoder.Event.PEER_LEFT && relay != null) {
      relay.clientLeft();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (relay != null) {
      relay.clientLeft();
    }
    ctx.fireChannelInactive();
  }
}

package dev.discreet.http;

import dev.discreet.config.TimeoutsConfig;
import dev.discreet.upstream.LazyTimer;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Supplier;

/**
 * How long a client may take: between two requests, for a head, between two reads of a body, and to
 * take what it asked for. While the gateway or an upstream is at work, no time of the client's
 * runs.
 */
final class ClientTimeouts extends ChannelDuplexHandler {
  private final Supplier<TimeoutsConfig> timeouts;
  private final LazyTimer quiet;
  private final LazyTimer slow;
  private final LazyTimer stalled;
  private boolean inBody;

  /**
   * Watches {@code channel}.
   *
   * @param timeouts asked each time that one begins to run
   */
  ClientTimeouts(Supplier<TimeoutsConfig> timeouts, Channel channel) {
    this.timeouts = timeouts;
    quiet = new LazyTimer(channel.eventLoop(), channel::close);
    slow =
        new LazyTimer(
            channel.eventLoop(),
            () ->
                channel
                    .pipeline()
                    .context(this)
                    .fireChannelRead(new Malformed(408, "the client took too long")));
    stalled = new LazyTimer(channel.eventLoop(), channel::close);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    quiet.arm(timeouts.get().idle());
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestDecoder.Event.HEAD_STARTED) {
      quiet.disarm();
      slow.arm(timeouts.get().header());
    } else if (event == ConnectionFlow.Event.EXCHANGE_ENDED) {
      quiet.arm(timeouts.get().idle());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    slow.disarm();
    inBody =
        message instanceof HttpRequest
            || (message instanceof HttpContent && !(message instanceof LastHttpContent));
    ctx.fireChannelRead(message);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (inBody) {
      slow.arm(timeouts.get().body());
    }
    ctx.read();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      stalled.disarm();
    } else {
      stalled.arm(timeouts.get().idle());
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    quiet.cancel();
    slow.cancel();
    stalled.cancel();
    ctx.fireChannelInactive();
  }
}

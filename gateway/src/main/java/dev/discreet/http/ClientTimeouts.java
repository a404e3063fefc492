package dev.discreet.http;

import dev.discreet.config.TimeoutsConfig;
import dev.discreet.upstream.LazyTimer;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Supplier;

/**
 * How long a client may take: between two requests, for a head, between two reads of a body, and to
 * take what it asked for. While the gateway or an upstream is at work, no time of the client's
 * runs; a client that waits for a 100 (RFC 9110 §10.1.1) waits for an upstream.
 */
final class ClientTimeouts extends ChannelDuplexHandler {
  private final Supplier<TimeoutsConfig> timeouts;
  private final boolean duplex;
  private final LazyTimer quiet;
  private final LazyTimer slow;
  private final LazyTimer stalled;
  private boolean inBody;
  private boolean wanted;
  private boolean continueAwaited;
  private boolean answering;

  /**
   * Watches {@code channel}.
   *
   * @param timeouts asked each time that one begins to run
   * @param duplex whether a body may take its time while the answer comes, as in streams of gRPC
   */
  ClientTimeouts(Supplier<TimeoutsConfig> timeouts, Channel channel, boolean duplex) {
    this.timeouts = timeouts;
    this.duplex = duplex;
    quiet = new LazyTimer(channel.eventLoop(), channel::close);
    slow =
        new LazyTimer(
            channel.eventLoop(),
            () ->
                channel
                    .pipeline()
                    .context(this)
                    .fireChannelRead(new Malformed(408, "the client took too long")));
    stalled =
        new LazyTimer(
            channel.eventLoop(),
            () -> Cut.of(channel, "the client took too long to take its answer"));
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
    wanted = false;
    continueAwaited = message instanceof HttpRequest head && awaitsContinue(head);
    inBody =
        message instanceof HttpRequest
            || (message instanceof HttpContent && !(message instanceof LastHttpContent));
    ctx.fireChannelRead(message);
  }

  /** In HTTP/1.0 an expectation says nothing. */
  private static boolean awaitsContinue(HttpRequest head) {
    return head.headers().contains(HttpHeaderNames.EXPECT)
        && !head.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    wanted = true;
    awaitPart();
    ctx.read();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (duplex && message instanceof HttpResponse head && isFinal(head)) {
      answering = true;
      slow.disarm();
    }
    if (answering && message instanceof LastHttpContent) {
      answering = false;
      awaitPart();
    }
    if (continueAwaited
        && message instanceof HttpResponse answer
        && answer.status().equals(HttpResponseStatus.CONTINUE)) {
      continueAwaited = false;
      awaitPart();
    }
    ctx.write(message, promise);
  }

  private static boolean isFinal(HttpResponse head) {
    return head.status().codeClass() != HttpStatusClass.INFORMATIONAL;
  }

  private void awaitPart() {
    if (inBody && wanted && !continueAwaited && !answering) {
      slow.arm(timeouts.get().body());
    }
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
    cancel();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancel();
  }

  private void cancel() {
    quiet.cancel();
    slow.cancel();
    stalled.cancel();
  }
}

package dev.discreet.http;

import dev.discreet.upstream.ResponseHeads;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** An upstream's answer as the client sees it. */
final class RelayedAnswer {
  private final ChannelHandlerContext ctx;
  private final Exchange exchange;
  private boolean begun;
  private boolean flushPlanned;

  RelayedAnswer(ChannelHandlerContext ctx, Exchange exchange) {
    this.ctx = ctx;
    this.exchange = exchange;
  }

  /** {@return whether the head of the final answer, or of a 101, was sent} */
  boolean begun() {
    return begun;
  }

  /** A client of HTTP/1.0 knows none (RFC 9110 §15.2). */
  void interim(HttpResponse interim) {
    if (!exchange.http10()) {
      interim.headers().set("x-request-id", exchange.requestId());
      if (cors() != null) {
        Cors.drop(interim.headers());
      }
      writeWhole(interim);
    }
  }

  private void writeWhole(HttpResponse head) {
    ctx.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            head.status(),
            Unpooled.EMPTY_BUFFER,
            head.headers(),
            DefaultHttpHeadersFactory.trailersFactory().newHeaders()));
  }

  /** The head of a 101. */
  void switching(HttpResponse head) {
    begun = true;
    ResponseHeads.forUpgrade(head, exchange.requestId());
    sayCors(head);
    writeWhole(head);
  }

  void head(HttpResponse head) {
    begun = true;
    ResponseHeads.forClient(head, exchange.request().method(), exchange.requestId());
    sayCors(head);
    ctx.write(head);
    planFlush();
  }

  private void sayCors(HttpResponse head) {
    Cors cors = cors();
    if (cors != null) {
      cors.say(exchange.request().headers(), head.headers());
    }
  }

  /** {@return what the gateway says in place of the upstream, null where that has the word} */
  private @Nullable Cors cors() {
    return Cors.isUpstreams(exchange.route()) ? null : exchange.snapshot().cors();
  }

  void content(HttpContent part) {
    if (part instanceof LastHttpContent last && cors() != null) {
      Cors.drop(last.trailingHeaders());
    }
    ctx.write(part);
    planFlush();
  }

  /** One flush for all that the upstream said in one read. */
  private void planFlush() {
    if (!flushPlanned) {
      flushPlanned = true;
      ctx.executor()
          .execute(
              () -> {
                flushPlanned = false;
                ctx.flush();
              });
    }
  }

  /** The client must be able to tell: where the end of the connection ends the body, by a reset. */
  void cut(String reason) {
    exchange.brokenOff(reason);
    if (exchange.http10() && ctx.channel() instanceof SocketChannel socket) {
      socket.config().setSoLinger(0);
    }
    ctx.flush();
    ctx.close();
  }
}

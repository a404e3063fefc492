package dev.discreet.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Writes down what a decoder emits, so that it does not depend on how a body was cut. */
final class Transcript extends ChannelInboundHandlerAdapter {
  private final StringBuilder text = new StringBuilder();
  private final Runnable onEnd;

  /** Calls {@code onEnd} after each {@link LastHttpContent}. */
  Transcript(Runnable onEnd) {
    this.onEnd = onEnd;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case HttpRequest request ->
          text.append('[')
              .append(request.method())
              .append(' ')
              .append(request.uri())
              .append(' ')
              .append(request.protocolVersion())
              .append(fields(request.headers()))
              .append("] ");
      case HttpResponse response ->
          text.append('[')
              .append(response.protocolVersion())
              .append(' ')
              .append(response.status())
              .append(fields(response.headers()))
              .append("] ");
      case Malformed malformed -> text.append("!").append(malformed.status()).append(" ");
      default -> {}
    }
    if (message instanceof HttpContent part) {
      text.append(part.content().toString(StandardCharsets.ISO_8859_1));
    }
    if (message instanceof LastHttpContent last) {
      text.append(fields(last.trailingHeaders())).append(" end ");
    }
    ReferenceCountUtil.release(message);
    if (message instanceof LastHttpContent) {
      onEnd.run();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestDecoder.Event.PEER_LEFT) {
      text.append("left ");
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String fields(HttpHeaders headers) {
    StringBuilder fields = new StringBuilder();
    headers
        .iteratorCharSequence()
        .forEachRemaining(
            field ->
                fields.append('|').append(field.getKey()).append('=').append(field.getValue()));
    return fields.toString();
  }
}

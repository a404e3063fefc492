package dev.discreet.client;

import dev.discreet.wire.Malformed;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks once the connection is there, and gathers the answer. */
final class AnswerReader extends ChannelInboundHandlerAdapter {
  private final ProviderRequest request;
  private final CompletableFuture<ProviderAnswer> answer;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private @Nullable HttpResponse head;

  AnswerReader(ProviderRequest request, CompletableFuture<ProviderAnswer> answer) {
    this.request = request;
    this.answer = answer;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(request.message());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case HttpResponse response -> read(response);
      case HttpContent part -> gather(part);
      case Malformed malformed -> fail(malformed.reason());
      default -> ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpResponse response) {
    HttpResponseStatus status = response.status();
    if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      fail("answered " + status);
    } else if (status.codeClass() != HttpStatusClass.INFORMATIONAL) {
      head = response;
    }
  }

  private void gather(HttpContent part) {
    int more = part.content().readableBytes();
    if (octets.size() + more <= ProviderAnswer.MOST_OCTETS) {
      byte[] read = new byte[more];
      part.content().readBytes(read);
      octets.writeBytes(read);
    } else {
      fail("more than 512 KiB");
    }
    boolean last = part instanceof LastHttpContent;
    part.release();
    if (last && head != null) {
      answer.complete(new ProviderAnswer(head.status(), head.headers(), octets.toByteArray()));
    }
  }

  private void fail(String why) {
    answer.completeExceptionally(new IOException(why));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail("the connection ended");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    answer.completeExceptionally(cause);
  }
}

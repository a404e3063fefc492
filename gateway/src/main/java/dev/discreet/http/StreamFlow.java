package dev.discreet.http;

import dev.discreet.http2.ServerStream;
import dev.discreet.wire.Malformed;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * How a stream of HTTP/2 ends after its answer: what {@link ConnectionFlow} is to a connection of
 * HTTP/1.1. It depends on the request's declared framing alone (SPEC §3), never on what was
 * decided.
 */
final class StreamFlow extends ChannelDuplexHandler {
  private final ServerStream stream;
  private final Gateway gateway;
  private @Nullable HttpRequest request;
  private boolean requestOpen = true;
  private boolean continued;
  private @Nullable ChannelPromise written;
  private boolean reset;

  StreamFlow(ServerStream stream, Gateway gateway) {
    this.stream = stream;
    this.gateway = gateway;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest head) {
      request = head;
    } else if (message instanceof LastHttpContent) {
      requestOpen = false;
    } else if (message instanceof Malformed && written != null) {
      resetAfter(written, ctx, Http2Error.PROTOCOL_ERROR);
      return;
    }
    if (written == null) {
      ctx.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (requestOpen) {
      ctx.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (reset || (message instanceof HttpResponse && written != null)) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new IllegalStateException("the stream has its answer"));
      return;
    }
    switch (message) {
      case IdentifiedAnswer answer -> writeAnswer(ctx, answer, promise);
      case FullHttpResponse interim
          when interim.status().codeClass() == HttpStatusClass.INFORMATIONAL -> {
        continued |= interim.status().equals(HttpResponseStatus.CONTINUE);
        ctx.write(interim, promise);
      }
      case LastHttpContent last -> {
        ctx.write(last, promise);
        answered(ctx, promise, requestOpen && !survivesRefusal());
      }
      default -> ctx.write(message, promise);
    }
  }

  private void writeAnswer(
      ChannelHandlerContext ctx, IdentifiedAnswer rendered, ChannelPromise promise) {
    Answer answer = rendered.answer();
    ctx.write(form(answer, rendered.requestId()), promise);
    answered(ctx, promise, (requestOpen && answer.closes()) || !survivesRefusal());
  }

  private FullHttpResponse form(Answer answer, String requestId) {
    if (request != null && GrpcAnswer.isFormOf(answer, request)) {
      return GrpcAnswer.render(answer, requestId);
    }
    boolean headOnly = request != null && request.method().equals(HttpMethod.HEAD);
    return AnswerWriter.render(answer, requestId, headOnly, false);
  }

  private boolean survivesRefusal() {
    long most = gateway.current().config().limits().drain();
    return request != null && UnreadBody.isDrained(request, continued, most);
  }

  /**
   * Where both sides have ended, the stream has; but an answer of the gateway's own that comes then
   * ends as one that came before, so that nobody sees which it was.
   */
  private void answered(ChannelHandlerContext ctx, ChannelPromise promise, boolean ends) {
    written = promise;
    if (stream.malformed()) {
      resetAfter(promise, ctx, Http2Error.PROTOCOL_ERROR);
    } else if (ends) {
      resetAfter(promise, ctx, Http2Error.NO_ERROR);
    } else if (requestOpen) {
      ctx.read();
    }
  }

  /** The answer first: a reset would overtake it (RFC 9113 §8.1). */
  private void resetAfter(ChannelPromise answer, ChannelHandlerContext ctx, Http2Error error) {
    answer.addListener(done -> reset(ctx, error));
  }

  private void reset(ChannelHandlerContext ctx, Http2Error error) {
    if (reset) {
      return;
    }
    reset = true;
    if (ctx.channel() instanceof Http2StreamChannel ended && !ended.isActive()) {
      // What has ended on both sides is the connection's alone.
      ended.parent().writeAndFlush(new DefaultHttp2ResetFrame(error).stream(ended.stream()));
    } else {
      ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
      ctx.close();
    }
  }
}

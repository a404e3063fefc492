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
  private boolean discarding;
  private boolean answered;
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
    } else if (message instanceof Malformed && discarding) {
      reset(ctx, Http2Error.PROTOCOL_ERROR);
      return;
    }
    if (!discarding) {
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
    if (reset || (message instanceof HttpResponse && answered)) {
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
        answered(ctx, promise, !survivesRefusal());
      }
      default -> ctx.write(message, promise);
    }
  }

  private void writeAnswer(
      ChannelHandlerContext ctx, IdentifiedAnswer rendered, ChannelPromise promise) {
    Answer answer = rendered.answer();
    ctx.write(form(answer, rendered.requestId()), promise);
    answered(ctx, promise, answer.closes() || !survivesRefusal());
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

  /** Where both sides have ended, the stream has. */
  private void answered(ChannelHandlerContext ctx, ChannelPromise written, boolean ends) {
    answered = true;
    discarding = true;
    if (stream.malformed()) {
      written.addListener(done -> reset(ctx, Http2Error.PROTOCOL_ERROR));
    } else if (requestOpen && ends) {
      // The answer first: a reset would overtake it (RFC 9113 §8.1).
      written.addListener(done -> reset(ctx, Http2Error.NO_ERROR));
    } else if (requestOpen) {
      ctx.read();
    }
  }

  private void reset(ChannelHandlerContext ctx, Http2Error error) {
    if (!reset) {
      reset = true;
      ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
      ctx.close();
    }
  }
}

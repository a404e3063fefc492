package dev.discreet.http;

import dev.discreet.config.LimitsConfig;
import dev.discreet.wire.LostWrite;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import dev.discreet.wire.ServerEncoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One exchange after the other on a connection, and how it goes on after each. What becomes of a
 * connection depends on the request's declared framing alone (SPEC §3), never on what was decided.
 */
final class ConnectionFlow extends ChannelDuplexHandler {
  /** What is told to the handlers of a connection. */
  enum Event {
    /** The exchange is over and the connection lives. */
    EXCHANGE_ENDED
  }

  private final RequestDecoder decoder;
  private final ServerEncoder encoder;
  private final Gateway gateway;
  private @Nullable HttpRequest request;
  private long drainLimit;
  private int requests;
  private boolean requestOpen;
  private boolean keep;
  private boolean continued;
  private boolean discarding;
  private boolean answered;
  private boolean closing;
  private boolean awaitsReader;

  /**
   * Governs one connection.
   *
   * @param gateway says how long a body is drained, how many requests a connection serves, and
   *     whether the gateway is going down
   */
  ConnectionFlow(RequestDecoder decoder, ServerEncoder encoder, Gateway gateway) {
    this.decoder = decoder;
    this.encoder = encoder;
    this.gateway = gateway;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest head) {
      begin(head);
    } else if (message instanceof LastHttpContent) {
      requestOpen = false;
    } else if (message instanceof Malformed broken && discarding) {
      Cut.of(ctx.channel(), broken.reason());
      return;
    }
    if (!discarding) {
      ctx.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (requestOpen) {
      ctx.read();
    } else if (answered) {
      end(ctx);
    }
  }

  private void begin(HttpRequest head) {
    LimitsConfig limits = gateway.current().config().limits();
    drainLimit = limits.drain();
    int requestLimit = limits.requestsPerConnection();
    request = head;
    encoder.answering(head.method());
    requests++;
    requestOpen = true;
    continued = false;
    answered = false;
    keep =
        head.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && !head.headers()
                .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
            && (requestLimit == 0 || requests < requestLimit);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (closing || (message instanceof HttpResponse && answered)) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new IllegalStateException("the connection is being closed"));
      return;
    }
    switch (message) {
      case IdentifiedAnswer answer -> writeAnswer(ctx, answer, promise);
      case FullHttpResponse interim
          when interim.status().codeClass() == HttpStatusClass.INFORMATIONAL -> {
        continued |= interim.status().equals(HttpResponseStatus.CONTINUE);
        ctx.write(interim, promise);
      }
      case HttpResponse head -> {
        prepare(head);
        ctx.write(head, promise.addListener(LostWrite.ENDS));
      }
      case LastHttpContent last -> {
        ctx.write(last, promise.addListener(LostWrite.ENDS));
        answered(ctx);
      }
      default -> ctx.write(message, promise.addListener(LostWrite.ENDS));
    }
  }

  private void writeAnswer(
      ChannelHandlerContext ctx, IdentifiedAnswer rendered, ChannelPromise promise) {
    Answer answer = rendered.answer();
    boolean close = answer.closes() || !survivesRefusal();
    keep = !close;
    discarding = true;
    boolean headOnly = request != null && request.method().equals(HttpMethod.HEAD);
    ctx.write(
        AnswerWriter.render(answer, rendered.requestId(), headOnly, close),
        promise.addListener(LostWrite.ENDS));
    answered(ctx);
  }

  private boolean survivesRefusal() {
    return request != null
        && keep
        && !gateway.draining()
        && UnreadBody.isDrained(request, continued, drainLimit);
  }

  /** The head of an upstream's answer: how long this connection lives is ours to say. */
  private void prepare(HttpResponse head) {
    if (requestOpen) {
      keep = survivesRefusal();
      discarding = true;
    }
    keep &= !gateway.draining();
    if (request != null && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    }
    if (!keep) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  private void answered(ChannelHandlerContext ctx) {
    answered = true;
    if (!keep || !requestOpen) {
      end(ctx);
    } else {
      ctx.flush();
      ctx.pipeline().read();
    }
  }

  private void end(ChannelHandlerContext ctx) {
    discarding = false;
    if (!keep || gateway.ending()) {
      closeAfterAnswer(ctx);
      return;
    }
    ctx.pipeline().fireUserEventTriggered(Event.EXCHANGE_ENDED);
    // Not at once: the call that ends this exchange is still on the stack.
    awaitsReader = true;
    ctx.executor().execute(() -> next(ctx));
  }

  /** Goes on once the client has taken what it was told: answers to who does not read pile up. */
  private void next(ChannelHandlerContext ctx) {
    if (!awaitsReader || !ctx.channel().isWritable()) {
      return;
    }
    awaitsReader = false;
    if (gateway.ending()) {
      closeAfterAnswer(ctx);
    } else {
      decoder.resume();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.fireChannelWritabilityChanged();
    next(ctx);
  }

  private void closeAfterAnswer(ChannelHandlerContext ctx) {
    closing = true;
    ctx.flush();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(done -> ctx.pipeline().addFirst(new LingeringClose()));
  }

  /** {@return whether no exchange is under way, so that closing loses nothing} */
  boolean idle() {
    return request == null || (answered && !requestOpen && !awaitsReader);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == RequestDecoder.Event.PEER_LEFT && !closing) {
      ctx.close();
    }
  }
}

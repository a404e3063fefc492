package dev.discreet.http2;

import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's stream as the messages that a connection of HTTP/1.1 brings: an {@code HttpRequest},
 * its {@link HttpContent}s up to a {@link LastHttpContent}, or one {@link Malformed} at any point.
 * For channels that do not read by themselves.
 */
public final class ServerStream extends StreamMessages {
  private static final Logger log = LoggerFactory.getLogger(ServerStream.class);
  private static final int BAD_REQUEST = 400;

  private final Supplier<DecoderLimits> limits;
  private @Nullable HttpRequest held;
  private boolean malformed;

  /** Reads one stream, whose head is to stay within {@code limits}. */
  public ServerStream(Supplier<DecoderLimits> limits) {
    this.limits = limits;
  }

  /**
   * {@return whether what was received is malformed by RFC 9113 §8, so that the stream is to end
   * with PROTOCOL_ERROR}
   */
  public boolean malformed() {
    return malformed;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    ctx.read();
  }

  @Override
  DecoderLimits limits() {
    return limits.get();
  }

  @Override
  Malformed malformed(GrammarException refusal) {
    malformed = refusal.status() == BAD_REQUEST;
    return new Malformed(refusal.status(), refusal.reason());
  }

  @Override
  void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws GrammarException {
    ctx.fireUserEventTriggered(RequestDecoder.Event.HEAD_STARTED);
    boolean ended = frame.isEndStream();
    HttpRequest head = RequestFields.head((FieldList) frame.headers(), ended, limits.get());
    long declared = HttpUtil.getContentLength(head, UNDECLARED);
    headRead(declared);
    if (declared == 0 && !ended) {
      // Whether a body follows that must not is known at the stream's end.
      held = head;
      ctx.read();
    } else {
      ctx.fireChannelRead(head);
      if (ended) {
        end(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
      }
    }
  }

  @Override
  void end(ChannelHandlerContext ctx, LastHttpContent last) {
    HttpRequest waiting = held;
    if (waiting != null) {
      held = null;
      ctx.fireChannelRead(waiting);
    }
    super.end(ctx, last);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    switch (message) {
      case HttpResponse head when head instanceof HttpContent content -> {
        SentFields.WithEnd answer = SentFields.own(head, content, !malformed);
        if (answer.data() == null) {
          ctx.write(answer.head(), promise);
        } else {
          ctx.write(answer.head());
          ctx.write(answer.data(), promise);
        }
      }
      case HttpResponse head -> writer().head(SentFields.of(head), promise);
      case HttpContent part -> writer().content(ctx, part, promise);
      default -> ctx.write(message, promise);
    }
  }

  /** What a client does wrong on a stream ends it; the connection's handler sends RST_STREAM. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2Exception) {
      log.debug("a stream of {} broke: {}", ctx.channel().remoteAddress(), cause.toString());
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}

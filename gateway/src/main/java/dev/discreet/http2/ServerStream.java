package dev.discreet.http2;

import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's stream as the messages that a connection of HTTP/1.1 brings: an {@code HttpRequest},
 * its {@link HttpContent}s up to a {@link LastHttpContent}, or one {@link Malformed} at any point.
 * For channels that do not read by themselves.
 */
public final class ServerStream extends ChannelDuplexHandler {
  private static final Logger log = LoggerFactory.getLogger(ServerStream.class);
  private static final int BAD_REQUEST = 400;
  private static final long UNDECLARED = -1;

  private final Supplier<DecoderLimits> limits;
  private final MessageWriter writer = new MessageWriter();
  private @Nullable HttpRequest held;
  private boolean headRead;
  private boolean over;
  private boolean malformed;
  private long declared = UNDECLARED;
  private long received;

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
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    try {
      switch (message) {
        case Http2HeadersFrame frame when headRead -> trailers(ctx, frame);
        case Http2HeadersFrame frame -> head(ctx, frame);
        case Http2DataFrame frame -> data(ctx, frame);
        default -> {
          // A frame of a type that nobody knows has used up the read.
          ReferenceCountUtil.release(message);
          ctx.read();
        }
      }
    } catch (GrammarException refusal) {
      over = true;
      malformed = refusal.status() == BAD_REQUEST;
      ctx.fireChannelRead(new Malformed(refusal.status(), refusal.reason()));
    }
  }

  private void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws GrammarException {
    headRead = true;
    ctx.fireUserEventTriggered(RequestDecoder.Event.HEAD_STARTED);
    boolean ended = frame.isEndStream();
    HttpRequest head = RequestFields.head((FieldList) frame.headers(), ended, limits.get());
    declared = HttpUtil.getContentLength(head, UNDECLARED);
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

  private void data(ChannelHandlerContext ctx, Http2DataFrame frame) throws GrammarException {
    ByteBuf octets = frame.content();
    received += octets.readableBytes();
    if (declared != UNDECLARED && (received > declared || endsShort(frame.isEndStream()))) {
      frame.release();
      throw new GrammarException("a body that is not as long as its content-length says");
    }
    if (frame.isEndStream()) {
      end(ctx, new DefaultLastHttpContent(octets, Fields.none()));
    } else if (octets.isReadable()) {
      ctx.fireChannelRead(new DefaultHttpContent(octets));
    } else {
      frame.release();
      ctx.read();
    }
  }

  private boolean endsShort(boolean ended) {
    return ended && received < declared;
  }

  /**
   * Only with the end of the stream may a second head come (RFC 9113 §8.1); Netty has seen to it.
   */
  private void trailers(ChannelHandlerContext ctx, Http2HeadersFrame frame)
      throws GrammarException {
    FieldList list = (FieldList) frame.headers();
    DecoderLimits most = limits.get();
    if (list.exceeds(most.headers()) || list.fields().size() > most.headerCount()) {
      throw new GrammarException(431, "the trailers are too large");
    }
    HttpHeaders trailers = Fields.trailers(list);
    if (declared != UNDECLARED && endsShort(true)) {
      throw new GrammarException("a body that is not as long as its content-length says");
    }
    end(ctx, new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers));
  }

  private void end(ChannelHandlerContext ctx, LastHttpContent last) {
    over = true;
    HttpRequest waiting = held;
    if (waiting != null) {
      held = null;
      ctx.fireChannelRead(waiting);
    }
    ctx.fireChannelRead(last);
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
      case HttpResponse head -> writer.head(SentFields.of(head), promise);
      case HttpContent part -> writer.content(ctx, part, promise);
      default -> ctx.write(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    writer.flush(ctx);
    ctx.flush();
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

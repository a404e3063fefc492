package dev.discreet.http2;

import dev.discreet.wire.AnswerSource;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * An upstream's stream as the messages that a connection of HTTP/1.1 brings, for one request. For
 * channels that do not read by themselves.
 */
public final class ClientStream extends ChannelDuplexHandler implements AnswerSource {
  private static final int BAD_GATEWAY = 502;
  private static final long UNDECLARED = -1;

  private final boolean secure;
  private final DecoderLimits limits;
  private final MessageWriter writer = new MessageWriter();
  private boolean bodiless;
  private boolean begun;
  private boolean headRead;
  private boolean over;
  private boolean unprocessed;
  private long declared = UNDECLARED;
  private long received;

  /**
   * Carries one exchange.
   *
   * @param secure whether the connection is one of TLS
   * @param limits of an answer's head
   */
  public ClientStream(boolean secure, DecoderLimits limits) {
    this.secure = secure;
    this.limits = limits;
  }

  /** There is no upgrade on a stream (RFC 9113 §8.6). */
  @Override
  public void expect(HttpMethod requestMethod, boolean upgrade) {
    bodiless = requestMethod.equals(HttpMethod.HEAD);
  }

  @Override
  public boolean begun() {
    return begun;
  }

  /** A stream carries one exchange. */
  @Override
  public boolean reusable() {
    return false;
  }

  @Override
  public boolean duplex() {
    return true;
  }

  @Override
  public boolean unprocessed() {
    return unprocessed;
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
      ctx.fireChannelRead(new Malformed(BAD_GATEWAY, refusal.reason()));
    }
  }

  private void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws GrammarException {
    begun = true;
    HttpResponse head = AnswerFields.head((FieldList) frame.headers(), limits);
    boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim && frame.isEndStream()) {
      throw new GrammarException("the stream ended with an interim answer");
    }
    headRead = !interim;
    if (!interim && !bodiless && head.status().code() != 304) {
      declared = HttpUtil.getContentLength(head, UNDECLARED);
      requireLength(frame.isEndStream());
    }
    ctx.fireChannelRead(head);
    if (frame.isEndStream()) {
      end(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void data(ChannelHandlerContext ctx, Http2DataFrame frame) throws GrammarException {
    ByteBuf octets = frame.content();
    received += octets.readableBytes();
    try {
      requireHead();
      requireLength(frame.isEndStream());
    } catch (GrammarException refusal) {
      frame.release();
      throw refusal;
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

  private void requireHead() throws GrammarException {
    if (!headRead) {
      throw new GrammarException("a body before its head");
    }
  }

  /** RFC 9113 §8.1.1. */
  private void requireLength(boolean ended) throws GrammarException {
    boolean wrong = received > declared || (ended && received < declared);
    if (declared != UNDECLARED && wrong) {
      throw new GrammarException("a body that is not as long as its content-length says");
    }
  }

  private void trailers(ChannelHandlerContext ctx, Http2HeadersFrame frame)
      throws GrammarException {
    FieldList list = (FieldList) frame.headers();
    if (list.exceeds(limits.headers()) || list.fields().size() > limits.headerCount()) {
      throw new GrammarException("the trailers are too large");
    }
    requireLength(true);
    end(ctx, new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, Fields.trailers(list)));
  }

  private void end(ChannelHandlerContext ctx, LastHttpContent last) {
    over = true;
    ctx.fireChannelRead(last);
  }

  /** RFC 9113 §8.7: in these two cases the request can be sent again, whatever it is. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      unprocessed |= reset.errorCode() == Http2Error.REFUSED_STREAM.code();
    } else if (event instanceof Http2GoAwayFrame) {
      unprocessed = true;
      ReferenceCountUtil.release(event);
      ctx.close();
      return;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    switch (message) {
      case HttpRequest head -> writer.head(SentFields.request(head, secure), promise);
      case HttpContent part -> writer.content(ctx, part, promise);
      default -> ctx.write(message, promise);
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    writer.flush(ctx);
    ctx.flush();
  }
}

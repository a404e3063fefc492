package dev.discreet.http2;

import dev.discreet.wire.AnswerSource;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Malformed;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongConsumer;

/**
 * An upstream's stream as the messages that a connection of HTTP/1.1 brings, for one request. For
 * channels that do not read by themselves.
 */
public final class ClientStream extends StreamMessages implements AnswerSource {
  private static final int BAD_GATEWAY = 502;

  private final boolean secure;
  private final DecoderLimits limits;
  private final LongConsumer reset;
  private boolean bodiless;
  private boolean begun;
  private boolean unprocessed;

  /**
   * Carries one exchange.
   *
   * @param secure whether the connection is one of TLS
   * @param limits of an answer's head
   * @param reset told the code where the upstream resets it, before it ends (RFC 9113 §7)
   */
  public ClientStream(boolean secure, DecoderLimits limits, LongConsumer reset) {
    this.secure = secure;
    this.limits = limits;
    this.reset = reset;
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
  DecoderLimits limits() {
    return limits;
  }

  @Override
  Malformed malformed(GrammarException refusal) {
    return new Malformed(BAD_GATEWAY, refusal.reason());
  }

  @Override
  void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws GrammarException {
    begun = true;
    HttpResponse head = AnswerFields.head((FieldList) frame.headers(), limits);
    boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim && frame.isEndStream()) {
      throw new GrammarException("the stream ended with an interim answer");
    }
    if (!interim) {
      boolean none = bodiless || head.status().code() == 304;
      headRead(none ? UNDECLARED : HttpUtil.getContentLength(head, UNDECLARED));
      requireLength(frame.isEndStream());
    }
    ctx.fireChannelRead(head);
    if (frame.isEndStream()) {
      end(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  /** RFC 9113 §8.7: in these two cases the request can be sent again, whatever it is. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame frame) {
      unprocessed |= frame.errorCode() == Http2Error.REFUSED_STREAM.code();
      reset.accept(frame.errorCode());
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
      case HttpRequest head -> writer().head(SentFields.request(head, secure), promise);
      case HttpContent part -> writer().content(ctx, part, promise);
      default -> ctx.write(message, promise);
    }
  }
}

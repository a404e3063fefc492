package dev.discreet.http2;

import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * The message that a stream brings, of either side: a head, parts of a body, an end; or one {@link
 * Malformed} at any point and nothing after it. For channels that do not read by themselves.
 */
abstract class StreamMessages extends ChannelDuplexHandler {
  static final long UNDECLARED = -1;

  private final MessageWriter writer = new MessageWriter();
  private boolean headRead;
  private boolean over;
  private long declared = UNDECLARED;
  private long received;

  /**
   * Ends a body of a declared length: sent on, it would end a message that may yet be malformed.
   */
  private ByteBuf heldBack = Unpooled.EMPTY_BUFFER;

  /** Takes a head; the last of them is told by {@link #headRead}. */
  abstract void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) throws GrammarException;

  /** {@return what a head, or trailers, may hold} */
  abstract DecoderLimits limits();

  /** {@return what is told of what is refused} */
  abstract Malformed malformed(GrammarException refusal);

  /** The head is there that a body follows, of a length in octets or {@link #UNDECLARED}. */
  final void headRead(long length) {
    headRead = true;
    declared = length;
  }

  final MessageWriter writer() {
    return writer;
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
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
      takeHeldBack().release();
      ctx.fireChannelRead(malformed(refusal));
    }
  }

  @Override
  public final void handlerRemoved(ChannelHandlerContext ctx) {
    takeHeldBack().release();
  }

  private ByteBuf takeHeldBack() {
    ByteBuf octets = heldBack;
    heldBack = Unpooled.EMPTY_BUFFER;
    return octets;
  }

  private void data(ChannelHandlerContext ctx, Http2DataFrame frame) throws GrammarException {
    ByteBuf octets = frame.content();
    received += octets.readableBytes();
    try {
      requireLength(frame.isEndStream());
    } catch (GrammarException refusal) {
      frame.release();
      throw refusal;
    }
    if (!octets.isReadable()) {
      frame.release();
      octets = takeHeldBack();
    }
    if (frame.isEndStream()) {
      end(ctx, new DefaultLastHttpContent(octets, Fields.none()));
    } else if (octets.isReadable() && received != declared) {
      ctx.fireChannelRead(new DefaultHttpContent(octets));
    } else {
      heldBack = octets;
      ctx.read();
    }
  }

  /** RFC 9113 §8.1.1. */
  final void requireLength(boolean ended) throws GrammarException {
    if (!headRead) {
      throw new GrammarException("a body before its head");
    }
    boolean wrong = received > declared || (ended && received < declared);
    if (declared != UNDECLARED && wrong) {
      throw new GrammarException("a body that is not as long as its content-length says");
    }
  }

  /**
   * Only with the end of the stream may a further head come (RFC 9113 §8.1); Netty has seen to it.
   */
  private void trailers(ChannelHandlerContext ctx, Http2HeadersFrame frame)
      throws GrammarException {
    FieldList list = (FieldList) frame.headers();
    DecoderLimits most = limits();
    if (list.exceeds(most.headers()) || list.fields().size() > most.headerCount()) {
      throw new GrammarException(431, "the trailers are too large");
    }
    requireLength(true);
    HttpHeaders fields = Fields.trailers(list);
    end(ctx, new DefaultLastHttpContent(takeHeldBack(), fields));
  }

  /** The stream has ended, and the message with it. */
  void end(ChannelHandlerContext ctx, LastHttpContent last) {
    over = true;
    ctx.fireChannelRead(last);
  }

  @Override
  public final void flush(ChannelHandlerContext ctx) {
    writer.flush(ctx);
    ctx.flush();
  }
}

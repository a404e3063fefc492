package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Turns the octets of a connection into messages, one step at a time, and stops for good at the
 * first octet that breaks the grammar.
 *
 * <p>Netty's {@link ByteToMessageDecoder} decodes whenever octets are there and reads whenever none
 * came of them; here both are the subclass's to say, since a decoder may pause.
 */
abstract class StrictDecoder extends ChannelDuplexHandler {
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf held;
  private boolean decoding;
  private boolean deaf;
  private boolean fed;
  private boolean emitted;
  private boolean ended;
  private boolean broken;

  /**
   * Decodes at most one message. It must not touch {@code in} after it emitted one: the receiver
   * may have brought more octets.
   *
   * @return whether another step may be possible
   */
  abstract boolean step(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException;

  /**
   * The peer will send nothing more.
   *
   * @param partial whether octets are left that are no message yet
   */
  abstract void end(ChannelHandlerContext ctx, boolean partial) throws GrammarException;

  /**
   * {@return whether another read is needed now}
   *
   * @param emitted whether the last one brought a message
   * @param held octets that wait
   */
  abstract boolean wantsRead(boolean emitted, int held);

  /** {@return what is told of octets that break the grammar} */
  abstract Malformed malformed(GrammarException refusal);

  final void emit(ChannelHandlerContext ctx, Object message) {
    emitted = true;
    ctx.fireChannelRead(message);
  }

  /** {@return whether octets may still come, and be looked at} */
  final boolean open() {
    return !deaf && !ended;
  }

  /** {@return whether the connection broke, so that its end says nothing about a message} */
  final boolean broken() {
    return broken;
  }

  /** Decodes what is held, after the subclass stopped waiting for something else than octets. */
  final void proceed() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || decoding) {
      return;
    }
    decode(ctx);
    if (needsRead(true)) {
      ctx.read();
    }
  }

  /** {@return whether octets are being decoded, so that what is held may bring more messages} */
  final boolean decoding() {
    return decoding;
  }

  final boolean needsRead(boolean brought) {
    return open() && wantsRead(brought, held == null ? 0 : held.readableBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** What was not decoded goes on to who takes this one's place. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    context = null;
    ByteBuf left = deaf || decoding || !ctx.channel().isActive() ? null : held;
    if (left != null) {
      held = null;
      ctx.fireChannelRead(left);
    }
    stop();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf octets)) {
      ctx.fireChannelRead(message);
      return;
    }
    if (!fed) {
      fed = true;
      emitted = false;
    }
    if (deaf) {
      octets.release();
      return;
    }
    held =
        held == null
            ? octets
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, octets);
    decode(ctx);
  }

  private void decode(ChannelHandlerContext ctx) {
    if (decoding) {
      return;
    }
    decoding = true;
    try {
      boolean more = true;
      while (more && !deaf) {
        more = step(ctx, held == null ? Unpooled.EMPTY_BUFFER : held);
      }
    } catch (GrammarException refusal) {
      refuse(ctx, refusal);
    } finally {
      decoding = false;
      tidy();
    }
    if (ended) {
      endWithin(ctx);
    }
  }

  private void refuse(ChannelHandlerContext ctx, GrammarException refusal) {
    deaf = true;
    emit(ctx, malformed(refusal));
  }

  private void tidy() {
    if (held == null) {
      return;
    }
    if (deaf || !held.isReadable()) {
      held.release();
      held = null;
    } else if (held.refCnt() == 1) {
      held.discardSomeReadBytes();
    }
  }

  /**
   * No more messages. A step that is under way still needs the octets; they are released after it.
   */
  private void stop() {
    deaf = true;
    if (!decoding) {
      tidy();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    boolean again = fed && needsRead(emitted);
    fed = false;
    if (again) {
      ctx.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !ended) {
      ended = true;
      if (!decoding) {
        endWithin(ctx);
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  /** The end is judged by what it left incomplete, so after all that is complete was emitted. */
  private void endWithin(ChannelHandlerContext ctx) {
    if (deaf) {
      return;
    }
    try {
      end(ctx, held != null);
    } catch (GrammarException refusal) {
      refuse(ctx, refusal);
      tidy();
    }
  }

  /** What fails is followed by the same event as an orderly end, and must not be taken for one. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken = true;
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }
}

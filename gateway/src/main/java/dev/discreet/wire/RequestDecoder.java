package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, one at a time: after the last part of one it pauses until {@link #resume}. Emits
 * {@code HttpRequest}, {@code HttpContent}s, {@code LastHttpContent}, or one {@link Malformed},
 * after which nothing follows.
 *
 * <p>For channels without auto-read that may be half-closed. It reads by itself what a head needs;
 * parts of a body are pulled by who consumes them. While it pauses it keeps at most 16 KiB more
 * than one read brings, so that a client that leaves is noticed.
 */
public final class RequestDecoder extends ByteToMessageDecoder {
  private static final int PAUSED_OCTETS = 16 << 10;
  private static final Framing NO_BODY = new Framing.Length(0);

  /** What it tells beside the messages. */
  public enum Event {
    /** The first octet of a head is there. */
    HEAD_STARTED,
    /** The client closed its side while its request was being answered. */
    PEER_LEFT
  }

  private enum At {
    START,
    LINE,
    FIELDS,
    BODY,
    PAUSED,
    FAILED
  }

  private final DecoderLimits limits;
  private final Lines lines = new Lines();
  private final Fields fields;
  private final Body body;
  private @Nullable ChannelHandlerContext context;
  private @Nullable RequestLine line;
  private At at = At.START;
  private boolean skippedEmptyLine;
  private boolean emitted;

  /** Reads within {@code limits}. */
  public RequestDecoder(DecoderLimits limits) {
    this.limits = limits;
    fields = new Fields(limits);
    body = new Body(limits);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    ctx.read();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      switch (at) {
        case START, LINE -> start(ctx, in);
        case FIELDS -> head(in, out);
        case BODY -> body(in, out);
        case PAUSED -> {}
        case FAILED -> in.skipBytes(in.readableBytes());
      }
    } catch (MalformedException e) {
      fail(in, out, e.message());
    }
    emitted |= !out.isEmpty();
  }

  private void fail(ByteBuf in, List<Object> out, Malformed malformed) {
    at = At.FAILED;
    in.skipBytes(in.readableBytes());
    out.add(malformed);
  }

  private void start(ChannelHandlerContext ctx, ByteBuf in) throws MalformedException {
    if (at == At.START) {
      at = At.LINE;
      skippedEmptyLine = false;
      ctx.fireUserEventTriggered(Event.HEAD_STARTED);
    }
    String text = lines.next(in, limits.target() + RequestLine.MOST_BESIDE_TARGET, 414);
    if (text == null) {
      return;
    }
    if (text.isEmpty() && !skippedEmptyLine) {
      skippedEmptyLine = true;
      return;
    }
    line = RequestLine.parse(text, limits.target());
    at = At.FIELDS;
  }

  private void head(ByteBuf in, List<Object> out) throws MalformedException {
    if (!fields.read(in) || line == null) {
      return;
    }
    HttpHeaders headers = fields.take();
    HttpVersion version = line.version();
    Framing framing = Framing.of(version, headers, NO_BODY);
    body.begin(framing);
    out.add(
        new DefaultHttpRequest(version, HttpMethod.valueOf(line.method()), line.target(), headers));
    at = At.BODY;
    if (framing.equals(NO_BODY)) {
      body(in, out);
    }
  }

  private void body(ByteBuf in, List<Object> out) throws MalformedException {
    HttpContent part = body.next(in);
    if (part != null) {
      out.add(part);
    }
    if (body.done()) {
      at = At.PAUSED;
    }
  }

  /** The exchange is over: the next head may be read. Call on the event loop. */
  public void resume() {
    ChannelHandlerContext ctx = context;
    if (at != At.PAUSED || ctx == null || ctx.isRemoved()) {
      return;
    }
    at = At.START;
    if (internalBuffer().isReadable()) {
      channelReadQuietly(ctx);
    } else {
      ctx.read();
    }
  }

  private void channelReadQuietly(ChannelHandlerContext ctx) {
    try {
      channelRead(ctx, Unpooled.EMPTY_BUFFER);
      channelReadComplete(ctx);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    discardSomeReadBytes();
    ctx.fireChannelReadComplete();
    boolean more =
        switch (at) {
          case START, LINE, FIELDS -> true;
          case BODY -> !emitted;
          case PAUSED -> internalBuffer().readableBytes() < PAUSED_OCTETS;
          case FAILED -> false;
        };
    emitted = false;
    if (more) {
      ctx.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    super.userEventTriggered(ctx, event);
    if (!(event instanceof ChannelInputShutdownEvent)) {
      return;
    }
    switch (at) {
      case START -> ctx.close();
      case LINE, FIELDS -> ended(ctx, "ended within the head");
      case BODY -> ended(ctx, "ended within the body");
      case PAUSED -> ctx.fireUserEventTriggered(Event.PEER_LEFT);
      case FAILED -> {}
    }
  }

  private void ended(ChannelHandlerContext ctx, String reason) {
    at = At.FAILED;
    ctx.fireChannelRead(new Malformed(400, reason));
  }
}

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the requests of a client's connection, one exchange at a time: after the end of a request
 * it emits nothing until {@link #resume()}.
 *
 * <p>It emits an {@code HttpRequest}, then its {@link HttpContent}s up to a {@link
 * LastHttpContent}, or one {@link Malformed} at any point and nothing after it. Header names and
 * values are as they came, in ISO 8859-1.
 *
 * <p>For channels that do not read by themselves and may be half-closed. It reads while a head is
 * incomplete, and between the end of a request and {@link #resume()} so that a client that leaves
 * is noticed; of a body it reads on only where a read brought no complete part.
 */
public final class RequestDecoder extends StrictDecoder {
  /** What the octets show besides messages; fired as user events. */
  public enum Event {
    /** The first octet of a head is there; an empty line before it does not count. */
    HEAD_STARTED,
    /** The client ended its side after a complete request, while the exchange is under way. */
    PEER_LEFT
  }

  private enum Expecting {
    REQUEST_LINE,
    FIELDS,
    BODY,
    RESUMPTION
  }

  /** Octets of further requests that are held at most before reading stops, but for one read. */
  private static final int HELD_LIMIT = 16 * 1024;

  private final Supplier<DecoderLimits> source;
  private final LineReader lines = new LineReader();
  private Expecting expecting = Expecting.REQUEST_LINE;
  private boolean emptyLine;
  private boolean started;
  private boolean asked;
  private DecoderLimits limits;
  private @Nullable RequestLine line;
  private FieldSection fields;
  private BodyReader body = new SizedBody(0);

  /**
   * Decodes one connection.
   *
   * @param limits of a head and trailer section; asked when a head begins
   */
  public RequestDecoder(Supplier<DecoderLimits> limits) {
    this.source = limits;
    this.limits = limits.get();
    this.fields = new FieldSection(this.limits);
  }

  /**
   * The exchange is over: the next head is decoded. Without effect while a request is incomplete.
   * On the event loop only.
   */
  public void resume() {
    if (expecting != Expecting.RESUMPTION) {
      return;
    }
    expecting = Expecting.REQUEST_LINE;
    emptyLine = false;
    started = false;
    line = null;
    proceed();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    if (needsRead(false)) {
      ctx.read();
    }
  }

  /**
   * Who wants a part of a body asks here. The socket is read only if what is held can't bring one:
   * else each exchange of a client that sends many requests at once would read on.
   */
  @Override
  public void read(ChannelHandlerContext ctx) {
    asked = true;
    if (!decoding() && needsRead(false)) {
      ctx.read();
    }
  }

  @Override
  boolean step(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    return switch (expecting) {
      case REQUEST_LINE -> in.isReadable() && requestLine(ctx, in);
      case FIELDS -> fields(ctx, in);
      case BODY -> body(ctx, in);
      case RESUMPTION -> false;
    };
  }

  private boolean requestLine(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    if (!started && in.getByte(in.readerIndex()) != '\r') {
      started = true;
      limits = source.get();
      fields = new FieldSection(limits);
      ctx.fireUserEventTriggered(Event.HEAD_STARTED);
      return true;
    }
    int limit = RequestLine.limit(limits.target());
    int length = lines.find(in, limit);
    if (length == LineReader.INCOMPLETE) {
      return false;
    } else if (length == 0) {
      skipEmptyLine(in);
      return true;
    }
    // In a line that is too long some part is too long: parsing what is there tells which.
    int known = length == LineReader.TOO_LONG ? limit + 1 : length;
    line = RequestLine.parse(in, known, limits.target());
    LineReader.skip(in, known);
    expecting = Expecting.FIELDS;
    return true;
  }

  /** One is tolerated: some clients send it behind a body (RFC 9112 §2.2). */
  private void skipEmptyLine(ByteBuf in) throws GrammarException {
    if (emptyLine) {
      throw new GrammarException("more than one empty line before a request");
    }
    emptyLine = true;
    LineReader.skip(in, 0);
  }

  private boolean fields(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    RequestLine head = line;
    if (head == null || !fields.read(in)) {
      return false;
    }
    body =
        switch (Framing.of(fields.fields(), head.version())) {
          case Framing.Length length -> new SizedBody(length.octets());
          case Framing.Chunked _ -> new ChunkedBody(limits);
          case Framing.Unsaid _ -> new SizedBody(0);
        };
    expecting = Expecting.BODY;
    asked = false;
    emit(
        ctx, new DefaultHttpRequest(head.version(), head.method(), head.target(), fields.fields()));
    return true;
  }

  private boolean body(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    HttpContent part = body.next(in);
    if (part == null) {
      return false;
    }
    if (part instanceof LastHttpContent) {
      expecting = Expecting.RESUMPTION;
    }
    asked = false;
    emit(ctx, part);
    return true;
  }

  @Override
  void end(ChannelHandlerContext ctx, boolean partial) throws GrammarException {
    switch (expecting) {
      case REQUEST_LINE -> {
        if (partial) {
          throw new GrammarException("the connection ended within the head");
        }
        var _ = ctx.close();
      }
      case FIELDS -> throw new GrammarException("the connection ended within the head");
      case BODY -> throw new GrammarException("the connection ended within the body");
      case RESUMPTION -> ctx.fireUserEventTriggered(Event.PEER_LEFT);
    }
  }

  @Override
  boolean wantsRead(boolean emitted, int held) {
    return switch (expecting) {
      case REQUEST_LINE, FIELDS -> true;
      case BODY -> asked || !emitted;
      case RESUMPTION -> held < HELD_LIMIT;
    };
  }

  @Override
  Malformed malformed(GrammarException refusal) {
    return new Malformed(refusal.status(), refusal.reason());
  }
}

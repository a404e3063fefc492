package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an upstream's answers, one for each {@link #expect}.
 *
 * <p>It emits an {@code HttpResponse}, then its {@link HttpContent}s up to a {@link
 * LastHttpContent}; interim answers before it likewise, with nothing between head and end. Or one
 * {@link Malformed} at any point and nothing after it. Header names and values are as they came, in
 * ISO 8859-1.
 *
 * <p>For channels that do not read by themselves and may be half-closed: a body that only the end
 * of the connection ends is complete with FIN, and with nothing else. An end before the first octet
 * of an answer emits nothing. It reads by itself only where a read brought no complete part.
 */
public final class ResponseDecoder extends StrictDecoder implements AnswerSource {
  private enum Expecting {
    NOTHING,
    STATUS_LINE,
    FIELDS,
    BODY,
    OTHER_PROTOCOL
  }

  private static final int BAD_GATEWAY = 502;

  private final DecoderLimits limits;
  private final LineReader lines = new LineReader();
  private Expecting expecting = Expecting.NOTHING;
  private boolean head;
  private boolean begun;
  private boolean interim;
  private boolean upgrade;
  private boolean keepAlive = true;
  private boolean surplus;
  private @Nullable StatusLine line;
  private FieldSection fields;
  private BodyReader body = new SizedBody(0);

  /**
   * Decodes one connection.
   *
   * @param limits of each head and trailer section
   */
  public ResponseDecoder(DecoderLimits limits) {
    this.limits = limits;
    this.fields = new FieldSection(limits);
  }

  /** As below, of an answer that may not be 101. */
  public void expect(HttpMethod requestMethod) {
    expect(requestMethod, false);
  }

  @Override
  public void expect(HttpMethod requestMethod, boolean upgrade) {
    this.upgrade = upgrade;
    head = requestMethod.equals(HttpMethod.HEAD);
    begun = false;
    expectHead();
  }

  @Override
  public boolean begun() {
    return begun;
  }

  @Override
  public boolean reusable() {
    return open() && expecting == Expecting.NOTHING && keepAlive && !surplus;
  }

  @Override
  public boolean duplex() {
    return false;
  }

  /** HTTP/1.1 has no way to say so. */
  @Override
  public boolean unprocessed() {
    return false;
  }

  private void expectHead() {
    expecting = Expecting.STATUS_LINE;
    line = null;
    fields = new FieldSection(limits);
  }

  @Override
  boolean step(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    return switch (expecting) {
      case NOTHING -> {
        if (dropSurplus(in)) {
          var _ = ctx.close();
        }
        yield false;
      }
      case STATUS_LINE -> statusLine(in);
      case FIELDS -> fields(ctx, in);
      case BODY -> body(ctx, in);
      case OTHER_PROTOCOL -> false;
    };
  }

  /** What belongs to no answer could be taken for the next one: the connection ends with it. */
  private boolean dropSurplus(ByteBuf in) {
    boolean left = in.isReadable();
    surplus |= left;
    in.skipBytes(in.readableBytes());
    return left;
  }

  private boolean statusLine(ByteBuf in) throws GrammarException {
    begun |= in.isReadable();
    int length = lines.find(in, limits.headers());
    if (length == LineReader.TOO_LONG) {
      throw new GrammarException("the status line is too long");
    } else if (length == LineReader.INCOMPLETE) {
      return false;
    }
    line = StatusLine.parse(in, length);
    LineReader.skip(in, length);
    expecting = Expecting.FIELDS;
    return true;
  }

  private boolean fields(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    StatusLine start = line;
    if (start == null || !fields.read(in)) {
      return false;
    }
    Framing framing = Framing.of(fields.fields(), start.version());
    boolean switching = start.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    boolean informational = start.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    interim = informational && !switching;
    body = informational || hasNoBody(start.status()) ? new SizedBody(0) : body(framing);
    keepAlive =
        !switching
            && !body.endsWithConnection()
            && Hop.keepsAlive(fields.fields(), start.version());
    expecting = switching && upgrade ? Expecting.OTHER_PROTOCOL : Expecting.BODY;
    emit(ctx, new DefaultHttpResponse(start.version(), start.status(), fields.fields()));
    return true;
  }

  private boolean hasNoBody(HttpResponseStatus status) {
    return head
        || status.equals(HttpResponseStatus.NO_CONTENT)
        || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }

  private BodyReader body(Framing framing) {
    return switch (framing) {
      case Framing.Length length -> new SizedBody(length.octets());
      case Framing.Chunked _ -> new ChunkedBody(limits);
      case Framing.Unsaid _ -> new UnsizedBody();
    };
  }

  private boolean body(ChannelHandlerContext ctx, ByteBuf in) throws GrammarException {
    HttpContent part = body.next(in);
    if (part == null) {
      return false;
    }
    if (part instanceof LastHttpContent && interim) {
      expectHead();
    } else if (part instanceof LastHttpContent) {
      complete(ctx, in, part);
      return true;
    }
    emit(ctx, part);
    return true;
  }

  /** Whoever receives the last part may ask for the next answer, and what is left is none. */
  private void complete(ChannelHandlerContext ctx, ByteBuf in, HttpContent last) {
    expecting = Expecting.NOTHING;
    boolean left = dropSurplus(in);
    emit(ctx, last);
    if (left) {
      var _ = ctx.close();
    }
  }

  @Override
  void end(ChannelHandlerContext ctx, boolean partial) throws GrammarException {
    boolean inHead = expecting == Expecting.STATUS_LINE && partial;
    if (inHead || expecting == Expecting.FIELDS) {
      throw new GrammarException(ended("head"));
    }
    if (expecting != Expecting.BODY) {
      return;
    }
    if (broken() || !body.endsWithConnection()) {
      throw new GrammarException(ended("body"));
    }
    expecting = Expecting.NOTHING;
    emit(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private String ended(String part) {
    return "the connection " + (broken() ? "was reset" : "ended") + " within the " + part;
  }

  @Override
  boolean wantsRead(boolean emitted, int held) {
    return expecting != Expecting.NOTHING && expecting != Expecting.OTHER_PROTOCOL && !emitted;
  }

  @Override
  Malformed malformed(GrammarException refusal) {
    return new Malformed(BAD_GATEWAY, refusal.reason());
  }
}

package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of an upstream as strictly as requests are read. An interim answer is emitted
 * with an empty {@code LastHttpContent} of its own, and the final one is still expected.
 *
 * <p>Octets that belong to no answer are dropped; then the connection is not {@link #reusable}.
 */
public final class ResponseDecoder extends ByteToMessageDecoder {
  private enum At {
    IDLE,
    LINE,
    FIELDS,
    BODY,
    FAILED
  }

  private final DecoderLimits limits;
  private final Lines lines = new Lines();
  private final Fields fields;
  private final Body body;
  private @Nullable HttpMethod requestMethod;
  private @Nullable StatusLine line;
  private At at = At.IDLE;
  private boolean keepAlive = true;
  private boolean excess;
  private boolean emitted;

  /** Reads within {@code limits}. */
  public ResponseDecoder(DecoderLimits limits) {
    this.limits = limits;
    fields = new Fields(limits);
    body = new Body(limits);
  }

  /** A request of {@code method} goes out: one final answer is legal now. */
  public void expect(HttpMethod method) {
    requestMethod = method;
    at = At.LINE;
  }

  /** {@return whether the connection is between two answers, alive, and nothing is left over} */
  public boolean reusable() {
    return at == At.IDLE && keepAlive && !excess;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      switch (at) {
        case IDLE -> {
          excess = true;
          in.skipBytes(in.readableBytes());
        }
        case LINE -> statusLine(in);
        case FIELDS -> head(in, out);
        case BODY -> body(in, out);
        case FAILED -> in.skipBytes(in.readableBytes());
      }
    } catch (MalformedException e) {
      at = At.FAILED;
      in.skipBytes(in.readableBytes());
      out.add(e.message());
    }
    emitted |= !out.isEmpty();
  }

  private void statusLine(ByteBuf in) throws MalformedException {
    String text = lines.next(in, limits.headers(), 400);
    if (text != null) {
      line = StatusLine.parse(text);
      at = At.FIELDS;
    }
  }

  private void head(ByteBuf in, List<Object> out) throws MalformedException {
    StatusLine status = line;
    if (!fields.read(in) || status == null) {
      return;
    }
    HttpHeaders headers = fields.take();
    Framing declared = Framing.of(status.version(), headers, Framing.UntilClose.UNTIL_CLOSE);
    out.add(new DefaultHttpResponse(status.version(), status.status(), headers));
    int code = status.status().code();
    if (code < 200 && code != 101) {
      out.add(LastHttpContent.EMPTY_LAST_CONTENT);
      at = At.LINE;
      return;
    }
    boolean bodiless =
        code == 101 || code == 204 || code == 304 || HttpMethod.HEAD.equals(requestMethod);
    Framing framing = bodiless ? new Framing.Length(0) : declared;
    keepAlive &= keepsAlive(status.version(), headers) && !(framing instanceof Framing.UntilClose);
    body.begin(framing);
    at = At.BODY;
    if (framing instanceof Framing.Length length && length.octets() == 0) {
      body(in, out);
    }
  }

  private static boolean keepsAlive(HttpVersion version, HttpHeaders headers) {
    return version.equals(HttpVersion.HTTP_1_1)
        && !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
  }

  private void body(ByteBuf in, List<Object> out) throws MalformedException {
    HttpContent part = body.next(in);
    if (part != null) {
      out.add(part);
    }
    if (body.done()) {
      at = At.IDLE;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    discardSomeReadBytes();
    boolean more = !emitted && at != At.FAILED;
    emitted = false;
    ctx.fireChannelReadComplete();
    if (more) {
      ctx.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    super.userEventTriggered(ctx, event);
    if (event instanceof ChannelInputShutdownEvent) {
      ended(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    ended(ctx);
    super.channelInactive(ctx);
  }

  /** A connection that ends before an answer began is told by its end alone. */
  private void ended(ChannelHandlerContext ctx) {
    boolean begun = at == At.FIELDS || (at == At.LINE && actualReadableBytes() > 0);
    if (at == At.BODY) {
      LastHttpContent last = body.ended();
      at = At.FAILED;
      ctx.fireChannelRead(
          last != null ? last : new Malformed(400, "the answer ended within its body"));
    } else if (begun) {
      at = At.FAILED;
      ctx.fireChannelRead(new Malformed(400, "the answer ended within its head"));
    }
  }
}

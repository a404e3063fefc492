package dev.discreet.upstream;

import dev.discreet.wire.AnswerSource;
import dev.discreet.wire.ClientEncoder;
import dev.discreet.wire.LostWrite;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.ResponseDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream: at rest in its pool, or lent to one exchange. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private static final Pattern KEEP_ALIVE_TIMEOUT = Pattern.compile("(?i)timeout=(\\d{1,6})");

  private final Channel channel;
  private final AnswerSource answers;
  private final ConnectionOwner owner;
  private final Supplier<@Nullable UpstreamFailure> carrier;
  private final LazyTimer idle;
  private @Nullable AnswerListener listener;
  private Duration idleLimit;
  private boolean interim;
  private boolean open;
  private boolean used;
  private boolean broken;
  private String end = "closed the connection";

  /**
   * Not open yet.
   *
   * @param carrier says why what it is a stream of ended, or null for nothing known
   */
  UpstreamConnection(
      Channel channel,
      AnswerSource answers,
      ConnectionOwner owner,
      Supplier<@Nullable UpstreamFailure> carrier) {
    this.channel = channel;
    this.answers = answers;
    this.owner = owner;
    this.carrier = carrier;
    idle = new LazyTimer(channel.eventLoop(), channel::close);
    idleLimit = owner.idleLimit();
  }

  /** {@return whether it has served before, so that its peer may have closed it meanwhile} */
  boolean used() {
    return used;
  }

  boolean active() {
    return channel.isActive() && answers.reusable();
  }

  /** {@return whether a request's body may go on while its answer comes} */
  boolean duplex() {
    return answers.duplex();
  }

  boolean writable() {
    return channel.isWritable();
  }

  /** It has come about: from now on its end is its owner's to know. */
  void opened() {
    open = true;
  }

  /** Lends it to an exchange. */
  void lend(AnswerListener listener) {
    idle.disarm();
    this.listener = listener;
  }

  /** Sends a head; it is flushed with what follows. */
  void send(HttpRequest head) {
    answers.expect(head.method(), Upgrade.isAskedFor(head));
    channel.write(head).addListener(LostWrite.ENDS);
    channel.read();
  }

  void send(HttpContent part) {
    channel.writeAndFlush(part).addListener(LostWrite.ENDS);
  }

  void flush() {
    channel.flush();
  }

  void read() {
    channel.read();
  }

  Channel channel() {
    return channel;
  }

  /** It speaks no HTTP any more: {@code side} gets what comes, and what has come already. */
  void becomes(Tunnel.Side side) {
    listener = null;
    channel.pipeline().remove(ClientEncoder.class);
    channel.pipeline().replace(ResponseDecoder.class, null, side);
  }

  /** Gives it back: to the pool if it can serve again. */
  void release() {
    listener = null;
    used = true;
    if (active()) {
      idle.arm(idleLimit);
      channel.read();
      owner.giveBack(this);
    } else {
      channel.close();
    }
  }

  void close() {
    listener = null;
    channel.close();
  }

  /** Runs {@code action} on its event loop when it has ended. */
  void onClose(Runnable action) {
    channel.closeFuture().addListener(closed -> action.run());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    AnswerListener current = listener;
    if (current == null) {
      ReferenceCountUtil.release(message);
      ctx.close();
      return;
    }
    switch (message) {
      case HttpResponse head -> {
        interim =
            head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && head.status().code() != 101;
        if (!interim) {
          noteKeepAlive(head.headers());
        }
        current.head(head);
      }
      case HttpContent part when interim || broken -> ReferenceCountUtil.release(part);
      case HttpContent part -> current.content(part);
      case Malformed malformed -> current.malformed(malformed.reason());
      default -> ReferenceCountUtil.release(message);
    }
  }

  /** A connection is reused for less long than its peer says that it keeps it. */
  private void noteKeepAlive(HttpHeaders headers) {
    Matcher matcher = KEEP_ALIVE_TIMEOUT.matcher(headers.get("keep-alive", ""));
    if (matcher.find()) {
      Duration said = Duration.ofSeconds(Long.parseLong(matcher.group(1))).minusSeconds(1);
      Duration kept = said.isPositive() ? said : Duration.ofMillis(1);
      Duration ours = owner.idleLimit();
      idleLimit = ours.isZero() || kept.compareTo(ours) < 0 ? kept : ours;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    AnswerListener current = listener;
    if (current != null) {
      current.readComplete();
    } else if (!answers.reusable()) {
      ctx.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (listener != null) {
      listener.writabilityChanged();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    } else if (event instanceof Http2ResetFrame reset) {
      Http2Error code = Http2Error.valueOf(reset.errorCode());
      end = "reset the stream (%s)".formatted(code == null ? reset.errorCode() : code);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    idle.cancel();
    AnswerListener current = listener;
    listener = null;
    if (open) {
      owner.closed(this);
    }
    if (current != null) {
      UpstreamFailure known = carrier.get();
      current.closed(progress(), known == null ? ended() : known);
    }
  }

  private UpstreamFailure ended() {
    return UpstreamFailure.badGateway(
        "it %s %s its answer".formatted(end, answers.begun() ? "within" : "before"));
  }

  private AnswerListener.Progress progress() {
    if (answers.unprocessed()) {
      return AnswerListener.Progress.UNPROCESSED;
    }
    return answers.begun() ? AnswerListener.Progress.BEGUN : AnswerListener.Progress.UNANSWERED;
  }

  /** A reset is no end of an answer, not even of one that ends with its connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken = true;
    end = "reset the connection";
    AnswerListener current = listener;
    if (current != null && OutOfMemory.isCauseOf(cause)) {
      listener = null;
      current.closed(progress(), UpstreamFailure.noMemory());
    }
    ctx.close();
  }
}

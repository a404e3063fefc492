package dev.discreet.http;

import dev.discreet.policy.Route;
import dev.discreet.telemetry.DecisionLabel;
import dev.discreet.upstream.ForwardedExchange;
import dev.discreet.upstream.ResponseSink;
import dev.discreet.upstream.Tunnel;
import dev.discreet.upstream.Upgraded;
import dev.discreet.upstream.UpstreamFailure;
import dev.discreet.upstream.UpstreamRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One permitted request on its way up, and its answer on the way down. */
final class Relay implements ResponseSink {
  private final ChannelHandlerContext ctx;
  private final PermittedRequest request;
  private final Gateway gateway;
  private final Runnable ended;
  private final long bodyLimit;
  private final RelayedAnswer answer;
  private @Nullable ForwardedExchange upstream;
  private long bodyOctets;
  private long sentNanos;
  private boolean over;
  private @Nullable LiveStream lasting;

  /**
   * Prepares to relay.
   *
   * @param gateway whose current probes forget too what the request may change
   * @param ended run once nothing more will be relayed
   */
  Relay(ChannelHandlerContext ctx, PermittedRequest request, Gateway gateway, Runnable ended) {
    this.ctx = ctx;
    this.request = request;
    this.gateway = gateway;
    this.ended = ended;
    this.bodyLimit = request.permit().route().forwarding().bodyLimit();
    this.answer = new RelayedAnswer(ctx, request.exchange());
  }

  void start() {
    forgetResource();
    sentNanos = System.nanoTime();
    upstream =
        request
            .exchange()
            .snapshot()
            .upstreams()
            .forwarder()
            .forward(
                request.permit(),
                head(),
                request.exchange().hasBody(),
                (EventLoop) ctx.executor(),
                shields()
                    ? new ShieldedSink(this, request, this::conceal, this::cancelUpstream)
                    : this);
    upstream.start();
  }

  private UpstreamRequest head() {
    Exchange exchange = request.exchange();
    UpstreamRequest head =
        exchange
            .snapshot()
            .requestHeads()
            .forUpstream(
                exchange.request(),
                request.target().originForm(),
                exchange.requestId(),
                exchange.sender(ctx.channel(), request.caller()),
                request.permit());
    if (shields() && exchange.expectsContinue() && exchange.hasBody()) {
      // The upstream's own would tell that it is willing (SPEC §3).
      head.headers().remove(HttpHeaderNames.EXPECT);
      interim(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    return head;
  }

  private boolean shields() {
    Route route = request.permit().route();
    return !route.observes() && !route.forwarding().shield().statuses().isEmpty();
  }

  private void conceal(int status) {
    request.exchange().upstreamAnswered(System.nanoTime() - sentNanos);
    finish();
    Answer shielded = Answers.shielded(DecisionLabel.FORWARD, status);
    ctx.writeAndFlush(EnumerationGuard.judged(request.exchange(), shielded));
  }

  private void cancelUpstream() {
    if (upstream != null) {
      upstream.cancel();
    }
  }

  /** A part of the request's body; it is given on, or dropped where nobody wants it any more. */
  void requestPart(HttpContent part) {
    bodyOctets += part.content().readableBytes();
    if (over || upstream == null) {
      ReferenceCountUtil.release(part);
    } else if (bodyLimit > 0 && bodyOctets > bodyLimit) {
      ReferenceCountUtil.release(part);
      refuse(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code(), "the body is too large");
    } else {
      upstream.body(part);
    }
  }

  /** The client's own request can't be carried through. */
  void refuse(int status, String reason) {
    stop();
    if (answer.begun()) {
      answer.cut(reason);
    } else {
      ctx.writeAndFlush(Answers.brokenOff(status, reason));
    }
  }

  void clientWritable(boolean writable) {
    if (upstream != null) {
      upstream.clientWritable(writable);
    }
  }

  void clientLeft() {
    stop();
  }

  private void stop() {
    if (!over) {
      cancelUpstream();
    }
    finish();
  }

  private void finish() {
    if (!over) {
      over = true;
      if (lasting != null) {
        lasting.over();
      }
      forgetResource();
      ended.run();
    }
  }

  /** What a request may change is not remembered across it, nor by who came after it. */
  private void forgetResource() {
    String method = request.exchange().request().method().name();
    request.exchange().snapshot().upstreams().probe().forget(request.permit(), method);
    gateway.current().upstreams().probe().forget(request.permit(), method);
  }

  @Override
  public void interim(HttpResponse interim) {
    answer.interim(interim);
  }

  @Override
  public void upgraded(HttpResponse head, Upgraded connection) {
    request.exchange().upstreamAnswered(System.nanoTime() - sentNanos);
    answer.switching(head);
    Tunnel tunnel =
        connection.to(ctx.channel(), () -> Cut.of(ctx.channel(), "no octet came for long"));
    GatewayPipeline.becomeTunnel(ctx.pipeline(), tunnel.clientSide());
    LiveStream stream = watch(why -> Cut.of(ctx.channel(), why));
    ctx.channel().closeFuture().addListener(closed -> stream.over());
    connection.open(tunnel);
    finish();
  }

  private LiveStream watch(Consumer<String> end) {
    return new LiveStream(gateway, request, ctx.executor(), end).watch();
  }

  @Override
  public void head(HttpResponse head) {
    Exchange exchange = request.exchange();
    exchange.upstreamAnswered(System.nanoTime() - sentNanos);
    if (request.permit().route().observes() && ShieldedSink.conceals(request, this, head)) {
      Answer instead = Answers.shielded(DecisionLabel.CONCEALED, head.status().code());
      exchange.observedInstead(ctx.executor().newSucceededFuture(instead));
    }
    if (LiveStream.lasts(exchange, head)) {
      lasting =
          watch(
              why -> {
                stop();
                answer.cut(why);
              });
    }
    // Before the client sees it: what it does next must not meet what was known before.
    forgetResource();
    answer.head(head);
  }

  @Override
  public void content(HttpContent part) {
    if (part instanceof LastHttpContent) {
      finish();
    }
    answer.content(part);
  }

  @Override
  public void failed(UpstreamFailure failure) {
    if (over) {
      return;
    }
    finish();
    note(failure);
    String whose = failure.ours() ? "" : "upstream: ";
    ctx.writeAndFlush(Answers.failed(failure.status(), whose + failure.reason()));
  }

  @Override
  public void cut(UpstreamFailure failure) {
    if (!over) {
      finish();
      note(failure);
      String whose = failure.ours() ? "" : "the upstream broke off: ";
      answer.cut(whose + failure.reason());
    }
  }

  private void note(UpstreamFailure failure) {
    if (failure.ours()) {
      gateway.inFlight().outOfMemory();
    }
  }

  @Override
  public void wantBody() {
    if (!over) {
      ctx.read();
    }
  }

  @Override
  public boolean duplex() {
    return ctx.channel() instanceof Http2StreamChannel;
  }

  @Override
  public boolean writable() {
    return ctx.channel().isWritable();
  }
}

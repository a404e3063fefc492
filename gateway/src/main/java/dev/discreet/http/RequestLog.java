package dev.discreet.http;

import dev.discreet.policy.Caller;
import dev.discreet.policy.Route;
import dev.discreet.telemetry.DecisionLabel;
import dev.discreet.telemetry.RequestLine;
import dev.discreet.telemetry.RequestLogWriter;
import dev.discreet.telemetry.RequestMetrics;
import dev.discreet.upstream.ClientAddress;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Opens the account of each request and closes it with one log line and its metrics, whatever
 * became of it. Stands before the guards, so that what they refuse is on record too.
 */
final class RequestLog extends ChannelDuplexHandler {
  /** Nginx's number for a client that left before its answer was through. */
  private static final int CLIENT_LEFT = 499;

  private static final int NOTHING_SENT = 0;

  private final Gateway gateway;
  private @Nullable Exchange exchange;
  private boolean headStarted;
  private long headStartNanos;
  private int status;
  private long bytes;

  RequestLog(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest head) {
      ctx.fireChannelRead(open(ctx, head));
    } else {
      if (message instanceof Malformed && exchange == null) {
        openWithoutHead(ctx);
      }
      ctx.fireChannelRead(message);
    }
  }

  private Exchange open(ChannelHandlerContext ctx, HttpRequest head) {
    status = NOTHING_SENT;
    bytes = 0;
    Snapshot snapshot = gateway.current();
    exchange =
        new Exchange(
            headStarted ? headStartNanos : System.nanoTime(),
            head,
            RequestIds.next(),
            ClientAddress.of(
                Peer.of(ctx.channel()), head.headers(), snapshot.config().trustedProxies()),
            snapshot);
    headStarted = false;
    gateway.inFlight().began();
    return exchange;
  }

  /** For what is answered though no head could be read, or none was waited for. */
  private Exchange openWithoutHead(ChannelHandlerContext ctx) {
    return open(ctx, new DefaultHttpRequest(HttpVersion.HTTP_1_1, new HttpMethod("-"), "-"));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestDecoder.Event.HEAD_STARTED) {
      headStarted = true;
      headStartNanos = System.nanoTime();
    } else if (event instanceof Cut cut && exchange != null) {
      exchange.brokenOff(cut.reason());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    switch (message) {
      case Answer answer -> {
        Exchange open = exchange == null ? openWithoutHead(ctx) : exchange;
        Answer formed = inItsForm(answer, open);
        status = formed.status().code();
        boolean headOnly = open.request().method().equals(HttpMethod.HEAD);
        bytes = headOnly ? 0 : formed.body().length;
        open.settle(formed.outcome());
        close();
        ctx.write(new IdentifiedAnswer(formed, open.requestId()), promise);
      }
      case HttpResponse head when isFinal(head) -> {
        status = head.status().code();
        ctx.write(head, promise);
      }
      case LastHttpContent last when !(last instanceof HttpResponse) -> {
        bytes += last.content().readableBytes();
        close();
        ctx.write(last, promise);
      }
      case HttpContent part -> {
        bytes += part.content().readableBytes();
        ctx.write(part, promise);
      }
      case ByteBuf octets -> {
        bytes += octets.readableBytes();
        ctx.write(octets, promise);
      }
      default -> ctx.write(message, promise);
    }
  }

  /** {@return whether no other head follows: an upgrade is not the interim answer it looks like} */
  private static boolean isFinal(HttpResponse head) {
    return head.status().codeClass() != HttpStatusClass.INFORMATIONAL
        || head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  /** Here the request is at hand, whoever answers it. */
  private static Answer inItsForm(Answer answer, Exchange exchange) {
    HttpHeaders asked = exchange.request().headers();
    Snapshot snapshot = exchange.snapshot();
    Answer formed =
        Accept.prefersHtml(asked) ? snapshot.answers().asPage(answer, exchange) : answer;
    Cors cors = snapshot.cors();
    return cors == null || Cors.isUpstreams(exchange.route()) ? formed : cors.say(asked, formed);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    boolean upgraded = status == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    if (exchange != null && !exchange.isBrokenOff() && !upgraded) {
      status = CLIENT_LEFT;
    }
    close();
  }

  private void close() {
    Exchange done = exchange;
    exchange = null;
    if (done == null) {
      return;
    }
    gateway.inFlight().ended();
    Outcome outcome = done.outcome();
    if (outcome == null) {
      outcome = Outcome.of(DecisionLabel.UNAVAILABLE, null, "the client left before the decision");
    }
    Ended ended = new Ended(done, outcome, status, bytes, System.nanoTime() - done.startNanos());
    gateway
        .telemetry()
        .requests()
        .finished(ended.route(), ended.method(), status, outcome.decision(), ended.nanos());
    Future<Answer> instead = done.instead();
    if (instead == null) {
      log(ended, outcome, null);
    } else {
      instead.addListener((Future<Answer> known) -> observed(ended, known.getNow()));
    }
  }

  /** A request that is over. */
  private record Ended(Exchange exchange, Outcome outcome, int status, long bytes, long nanos) {
    String route() {
      Route route = exchange.route();
      return route == null ? RequestMetrics.NO_ROUTE : route.path().text();
    }

    String method() {
      return exchange.request().method().name();
    }
  }

  /** The row and the reason are those of what would have been answered. */
  private void observed(Ended ended, Answer instead) {
    Outcome refusal = instead.outcome();
    gateway.telemetry().requests().observed(ended.route(), ended.method(), refusal.decision());
    DecisionLabel decision = ended.outcome().decision();
    log(
        ended,
        new Outcome(decision, refusal.row(), refusal.reason(), null),
        new RequestLine.Observed(instead.status().code(), refusal.decision()));
  }

  private void log(Ended ended, Outcome outcome, RequestLine.@Nullable Observed observed) {
    RequestLogWriter log = gateway.telemetry().log();
    if (log.wanted()) {
      log.write(line(ended, outcome, observed));
    }
  }

  private static RequestLine line(
      Ended ended, Outcome outcome, RequestLine.@Nullable Observed observed) {
    Exchange done = ended.exchange();
    Route route = done.route();
    Caller.Authenticated caller = done.caller();
    String failure = done.failure();
    return new RequestLine(
        done.start(),
        done.requestId(),
        NetUtil.toAddressString(done.source()),
        done.host(),
        ended.method(),
        done.path(),
        route == null ? null : route.name(),
        ended.status(),
        outcome.decision(),
        observed,
        outcome.row(),
        failure == null ? outcome.reason() : failure,
        outcome.grant(),
        done.issuer(),
        caller == null ? null : caller.subject(),
        outcome.decision() == DecisionLabel.FORWARD && route != null
            ? route.forwarding().upstream()
            : null,
        ended.nanos(),
        done.upstreamNanos(),
        ended.bytes());
  }
}

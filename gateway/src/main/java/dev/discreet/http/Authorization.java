package dev.discreet.http;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Route;
import dev.discreet.policy.Verdict;
import dev.discreet.telemetry.DecisionLabel;
import dev.discreet.upstream.CallerHead;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/** Asks the core, and for it the upstream, then lets the request pass or answers (steps 3 to 6). */
final class Authorization extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case IdentifiedRequest request -> decide(ctx, request);
      case RefusedRequest request -> refuse(ctx, request);
      default -> ctx.fireChannelRead(message);
    }
  }

  /** {@return whether a refusal on this path would only be counted} */
  static boolean observes(Exchange exchange, RequestTarget target) {
    return exchange.snapshot().authorizer().observed(exchange.asks(target)) != null;
  }

  private void decide(ChannelHandlerContext ctx, IdentifiedRequest request) {
    Snapshot snapshot = request.exchange().snapshot();
    AccessRequest asked = request.exchange().asks(request.target());
    switch (snapshot.authorizer().authorize(asked, request.caller())) {
      case Verdict.Enforced verdict -> {
        if (verdict instanceof Verdict.AskExistence question) {
          // On record though the client may leave before the upstream has answered.
          request.exchange().decidedBy(question.route());
        }
        resolve(ctx, request, verdict, (decision, why) -> act(ctx, request, decision, why));
      }
      case Verdict.Observed(Decision.Forward permit, Verdict.Enforced instead) -> {
        Promise<Answer> answer = ctx.executor().newPromise();
        request.exchange().observedInstead(answer);
        pass(ctx, request, permit);
        // Not before: no request waits for what is only counted.
        resolve(
            ctx,
            request,
            instead,
            (decision, why) -> answer.setSuccess(answer(request.exchange(), decision, why)));
      }
    }
  }

  /** What is done once it is decided. */
  private interface Resolved {
    /**
     * Does it.
     *
     * @param why for the operator, why existence could not be told; else null
     */
    void by(Decision decision, @Nullable String why);
  }

  private static void resolve(
      ChannelHandlerContext ctx,
      IdentifiedRequest request,
      Verdict.Enforced verdict,
      Resolved then) {
    switch (verdict) {
      case Verdict.Settled settled -> then.by(settled.decision(), null);
      case Verdict.AskExistence question ->
          request
              .exchange()
              .snapshot()
              .upstreams()
              .probe()
              .ask(
                  question,
                  () -> asCaller(ctx, request, question.route()),
                  (EventLoop) ctx.executor(),
                  finding -> {
                    String failure = finding.failure();
                    then.by(
                        question.resolve(finding.existence()),
                        failure == null ? null : "probe: " + failure);
                  });
    }
  }

  private static CallerHead asCaller(
      ChannelHandlerContext ctx, IdentifiedRequest request, Route route) {
    Exchange exchange = request.exchange();
    return exchange
        .snapshot()
        .requestHeads()
        .ofCaller(exchange.request(), exchange.sender(ctx.channel(), request.caller()), route);
  }

  private void act(
      ChannelHandlerContext ctx,
      IdentifiedRequest request,
      Decision decision,
      @Nullable String why) {
    if (!ctx.channel().isActive()) {
      return;
    }
    if (decision instanceof Decision.Forward permit) {
      pass(ctx, request, permit);
    } else {
      request.exchange().decidedBy(decision.route());
      ctx.writeAndFlush(answer(request.exchange(), decision, why));
    }
  }

  private static Answer answer(Exchange exchange, Decision refusal, @Nullable String why) {
    Answer answer = exchange.snapshot().answers().of(refusal, exchange.tokenSource()).because(why);
    return EnumerationGuard.judged(exchange, answer);
  }

  /** Step 1 or 2 has refused; only a route that observes has another word. */
  private void refuse(ChannelHandlerContext ctx, RefusedRequest request) {
    Exchange exchange = request.exchange();
    Decision.Forward permit =
        exchange.snapshot().authorizer().observed(exchange.asks(request.target()));
    Answer refusal = EnumerationGuard.judged(exchange, request.refusal());
    if (permit == null) {
      ctx.writeAndFlush(refusal);
    } else {
      exchange.observedInstead(ctx.executor().newSucceededFuture(refusal));
      pass(ctx, new IdentifiedRequest(exchange, request.target(), request.caller()), permit);
    }
  }

  private static void pass(
      ChannelHandlerContext ctx, IdentifiedRequest request, Decision.Forward permit) {
    Exchange exchange = request.exchange();
    exchange.decidedBy(permit.route());
    exchange.settle(
        new Outcome(DecisionLabel.FORWARD, permit.row().number(), null, permit.grant()));
    ctx.fireChannelRead(new PermittedRequest(exchange, request.target(), request.caller(), permit));
  }
}

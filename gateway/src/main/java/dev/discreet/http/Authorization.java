package dev.discreet.http;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Verdict;
import dev.discreet.telemetry.DecisionLabel;
import dev.discreet.upstream.ExistenceProbe;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.util.function.Consumer;

/** Asks the core, and for it the upstream, then lets the request pass or answers (steps 3 to 6). */
final class Authorization extends ChannelInboundHandlerAdapter {
  private final Authorizer authorizer;
  private final ExistenceProbe probe;
  private final Answers answers;

  Authorization(Authorizer authorizer, ExistenceProbe probe, Answers answers) {
    this.authorizer = authorizer;
    this.probe = probe;
    this.answers = answers;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case IdentifiedRequest request -> decide(ctx, request);
      case RefusedRequest request -> refuse(ctx, request);
      default -> ctx.fireChannelRead(message);
    }
  }

  private static AccessRequest asked(Exchange exchange, RequestTarget target) {
    return new AccessRequest(exchange.request().method().name(), target.host(), target.segments());
  }

  private void decide(ChannelHandlerContext ctx, IdentifiedRequest request) {
    AccessRequest asked = asked(request.exchange(), request.target());
    switch (authorizer.authorize(asked, request.caller())) {
      case Verdict.Enforced verdict ->
          resolve(ctx, verdict, decision -> act(ctx, request, decision));
      case Verdict.Observed(Decision.Forward permit, Verdict.Enforced instead) -> {
        Promise<Answer> answer = ctx.executor().newPromise();
        request.exchange().observedInstead(answer);
        pass(ctx, request, permit);
        // Not before: no request waits for what is only counted.
        resolve(ctx, instead, decision -> answer.setSuccess(answers.of(decision)));
      }
    }
  }

  private void resolve(
      ChannelHandlerContext ctx, Verdict.Enforced verdict, Consumer<Decision> then) {
    switch (verdict) {
      case Verdict.Settled settled -> then.accept(settled.decision());
      case Verdict.AskExistence question ->
          probe.ask(
              question,
              (EventLoop) ctx.executor(),
              existence -> then.accept(question.resolve(existence)));
    }
  }

  private void act(ChannelHandlerContext ctx, IdentifiedRequest request, Decision decision) {
    if (!ctx.channel().isActive()) {
      return;
    }
    if (decision instanceof Decision.Forward permit) {
      pass(ctx, request, permit);
    } else {
      request.exchange().decidedBy(decision.route());
      ctx.writeAndFlush(answers.of(decision));
    }
  }

  /** Step 1 has refused; only a route that observes has another word. */
  private void refuse(ChannelHandlerContext ctx, RefusedRequest request) {
    Decision.Forward permit = authorizer.observed(asked(request.exchange(), request.target()));
    if (permit == null) {
      ctx.writeAndFlush(request.refusal());
    } else {
      request.exchange().observedInstead(ctx.executor().newSucceededFuture(request.refusal()));
      Caller nobody = Caller.Anonymous.ANONYMOUS;
      pass(ctx, new IdentifiedRequest(request.exchange(), request.target(), nobody), permit);
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

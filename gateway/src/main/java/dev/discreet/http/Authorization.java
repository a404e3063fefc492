package dev.discreet.http;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Verdict;
import dev.discreet.telemetry.DecisionLabel;
import dev.discreet.upstream.ExistenceProbe;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;

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
    if (!(message instanceof IdentifiedRequest request)) {
      ctx.fireChannelRead(message);
      return;
    }
    RequestTarget target = request.target();
    AccessRequest asked =
        new AccessRequest(
            request.exchange().request().method().name(), target.host(), target.segments());
    switch (authorizer.authorize(asked, request.caller())) {
      case Verdict.Settled settled -> act(ctx, request, settled.decision());
      case Verdict.AskExistence question ->
          probe.ask(
              question,
              (EventLoop) ctx.executor(),
              existence -> act(ctx, request, question.resolve(existence)));
    }
  }

  private void act(ChannelHandlerContext ctx, IdentifiedRequest request, Decision decision) {
    if (!ctx.channel().isActive()) {
      return;
    }
    request.exchange().decidedBy(decision.route());
    if (decision instanceof Decision.Forward permit) {
      request
          .exchange()
          .settle(new Outcome(DecisionLabel.FORWARD, permit.row().number(), null, permit.grant()));
      ctx.fireChannelRead(
          new PermittedRequest(request.exchange(), request.target(), request.caller(), permit));
    } else {
      ctx.writeAndFlush(answers.of(decision));
    }
  }
}

package dev.discreet.http;

import dev.discreet.identity.Verification;
import dev.discreet.policy.Caller;
import dev.discreet.wire.BearerToken;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;

/**
 * Who calls? (SPEC §2, step 1.) A credential that is present and not valid is 401 for every path,
 * but those of routes that observe; no credential is an anonymous caller.
 */
final class Authentication extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof TargetedRequest request)) {
      ctx.fireChannelRead(message);
      return;
    }
    String token =
        BearerToken.of(request.exchange().request().headers().get(HttpHeaderNames.AUTHORIZATION));
    if (token == null) {
      ctx.fireChannelRead(
          new IdentifiedRequest(request.exchange(), request.target(), Caller.Anonymous.ANONYMOUS));
    } else {
      request
          .exchange()
          .snapshot()
          .verifier()
          .verify(token, ctx.executor(), verification -> act(ctx, request, verification));
    }
  }

  private void act(ChannelHandlerContext ctx, TargetedRequest request, Verification verification) {
    if (!ctx.channel().isActive()) {
      return;
    }
    switch (verification) {
      case Verification.Verified verified -> {
        request.exchange().calledBy(verified.caller());
        ctx.fireChannelRead(
            new IdentifiedRequest(request.exchange(), request.target(), verified.caller()));
      }
      case Verification.Refused refused ->
          refuse(
              ctx, request, request.exchange().snapshot().answers().invalidToken(refused.reason()));
      case Verification.Undecided unknown -> refuse(ctx, request, Answers.undecided(unknown.why()));
    }
  }

  private static void refuse(ChannelHandlerContext ctx, TargetedRequest request, Answer refusal) {
    ctx.fireChannelRead(new RefusedRequest(request.exchange(), request.target(), refusal));
  }
}

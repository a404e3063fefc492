package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.TokenSource;
import dev.discreet.identity.Presented;
import dev.discreet.identity.Presented.Demonstration;
import dev.discreet.identity.Verification;
import dev.discreet.policy.Caller;
import dev.discreet.telemetry.TokenMetrics;
import dev.discreet.upstream.ClientOrigin;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

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
    Exchange exchange = request.exchange();
    GatewayConfig config = exchange.snapshot().config();
    Credential credential =
        Credentials.of(
            exchange.request(),
            config.tokenFrom(),
            () -> origin(ctx, exchange, config),
            exchange.snapshot().cors());
    if (credential == null) {
      anonymous(ctx, request);
    } else {
      exchange
          .snapshot()
          .verifier()
          .verify(
              presented(ctx, request, credential),
              ctx.executor(),
              verification -> act(ctx, request, credential, verification));
    }
  }

  private static Presented presented(
      ChannelHandlerContext ctx, TargetedRequest request, Credential credential) {
    Exchange exchange = request.exchange();
    Demonstration dpop = null;
    if (credential.source() instanceof TokenSource.Dpop) {
      ClientOrigin origin = origin(ctx, exchange, exchange.snapshot().config());
      dpop =
          new Demonstration(
              exchange.request().headers().getAll("dpop"),
              exchange.request().method().name(),
              origin + request.target().path());
    }
    return new Presented(credential.token(), dpop, TlsSession.certificate(ctx.channel()));
  }

  private static ClientOrigin origin(
      ChannelHandlerContext ctx, Exchange exchange, GatewayConfig config) {
    return ClientOrigin.of(
        exchange.request().headers(),
        Peer.of(ctx.channel()),
        config.trustedProxies(),
        TlsSession.scheme(ctx.channel()));
  }

  private static void anonymous(ChannelHandlerContext ctx, TargetedRequest request) {
    ctx.fireChannelRead(
        new IdentifiedRequest(request.exchange(), request.target(), Caller.Anonymous.ANONYMOUS));
  }

  private void act(
      ChannelHandlerContext ctx,
      TargetedRequest request,
      Credential credential,
      Verification verification) {
    if (!ctx.channel().isActive()) {
      return;
    }
    switch (verification) {
      case Verification.Verified verified -> {
        request.exchange().calledBy(verified.caller(), credential.source(), verified.expires());
        ctx.fireChannelRead(
            new IdentifiedRequest(request.exchange(), request.target(), verified.caller()));
      }
      // A browser goes on sending a cookie that has expired: its user is to sign in again.
      case Verification.Refused _ when credential.source() instanceof TokenSource.Cookie ->
          anonymous(ctx, request);
      case Verification.Refused refused -> {
        if (!refused.issuer().equals(TokenMetrics.UNKNOWN)) {
          request.exchange().claimsIssuer(refused.issuer());
        }
        refuse(ctx, request, refused.expiredSubject(), invalidToken(request, credential, refused));
      }
      case Verification.Undecided unknown -> {
        request.exchange().claimsIssuer(unknown.issuer());
        refuse(ctx, request, null, Answers.undecided(unknown.why()));
      }
    }
  }

  private static Answer invalidToken(
      TargetedRequest request, Credential credential, Verification.Refused refused) {
    Answer answer =
        request.exchange().snapshot().answers().invalidToken(refused.reason(), credential.source());
    return refused.detail().isEmpty()
        ? answer
        : answer.because(refused.reason().description() + ": " + refused.detail());
  }

  private static void refuse(
      ChannelHandlerContext ctx,
      TargetedRequest request,
      @Nullable String expiredSubject,
      Answer refusal) {
    Caller nobody = Caller.Anonymous.ANONYMOUS;
    ctx.fireChannelRead(
        new RefusedRequest(request.exchange(), request.target(), nobody, expiredSubject, refusal));
  }
}

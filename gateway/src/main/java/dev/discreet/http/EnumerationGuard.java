package dev.discreet.http;

import dev.discreet.guard.Account;
import dev.discreet.guard.Guard;
import dev.discreet.policy.Caller;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Is this caller over a limit? (SPEC §2, step 2.) A known caller who is blocked is answered 429,
 * whatever he asks for. Of anybody else the address counts, and only once it is a 401.
 */
final class EnumerationGuard extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.fireChannelRead(
        switch (message) {
          case IdentifiedRequest request when guard(request.exchange()).counts() ->
              identified(request);
          case RefusedRequest request when guard(request.exchange()).counts() -> refused(request);
          default -> message;
        });
  }

  private static Object identified(IdentifiedRequest request) {
    Exchange exchange = request.exchange();
    boolean observed = Authorization.observes(exchange, request.target());
    switch (request.caller()) {
      case Caller.Anonymous _ -> exchange.chargedTo(address(exchange, observed));
      case Caller.Authenticated caller -> {
        Account account = guard(exchange).subject(caller.issuer(), caller.subject(), observed);
        exchange.chargedTo(account);
        Answer limited = account == null ? null : limited(exchange, account);
        if (limited != null) {
          return new RefusedRequest(exchange, request.target(), caller, null, limited);
        }
      }
    }
    return request;
  }

  private static RefusedRequest refused(RefusedRequest request) {
    Exchange exchange = request.exchange();
    boolean observed = Authorization.observes(exchange, request.target());
    String issuer = exchange.issuer();
    String subject = request.expiredSubject();
    exchange.chargedTo(
        issuer == null || subject == null
            ? address(exchange, observed)
            : guard(exchange).subject(issuer, subject, observed));
    return request;
  }

  private static Guard guard(Exchange exchange) {
    return exchange.snapshot().guard();
  }

  private static @Nullable Account address(Exchange exchange, boolean observed) {
    return guard(exchange).address(exchange.source(), observed);
  }

  /** {@return what is said to who is blocked, or null to who is not} */
  private static @Nullable Answer limited(Exchange exchange, Account account) {
    Duration left = guard(exchange).blocked(account);
    return left == null
        ? null
        : Answers.limited(
            left,
            "%s is blocked until %s"
                .formatted(account, Instant.now().plus(left).truncatedTo(ChronoUnit.SECONDS)));
  }

  /**
   * Charges for {@code answer} if it is a 401 or the canonical 404.
   *
   * @return it, or in its place what is said to who is blocked: meanwhile, where he asked for many
   *     things at once and the upstream was asked, too. What is public is served as ever
   */
  static Answer judged(Exchange exchange, Answer answer) {
    boolean challenge = answer.status().equals(HttpResponseStatus.UNAUTHORIZED);
    Account account = exchange.chargedTo();
    if (account == null || !(challenge || answer.status().equals(HttpResponseStatus.NOT_FOUND))) {
      return answer;
    }
    boolean turns = challenge || account instanceof Account.Subject;
    if (guard(exchange).charge(account) || !turns) {
      return answer;
    }
    Answer limited = limited(exchange, account);
    return limited == null ? answer : limited;
  }
}

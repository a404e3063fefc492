package dev.discreet.http;

import dev.discreet.config.TokenSource;
import dev.discreet.wire.AuthScheme;
import dev.discreet.wire.Malformed;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a head that two programs could read differently (SPEC §7), in the order of step 0:
 * framing and head, method, {@code expect}. The decoder has refused what breaks the grammar of RFC
 * 9112; what it says is answered here.
 */
final class FramingGuard extends ChannelInboundHandlerAdapter {
  private final Function<Exchange, List<TokenSource>> sources;
  private boolean inExchange;

  /**
   * Refuses.
   *
   * @param sources where a request's token may stand
   */
  FramingGuard(Function<Exchange, List<TokenSource>> sources) {
    this.sources = sources;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case Exchange exchange -> {
        Answer refusal = judge(exchange);
        inExchange = refusal == null;
        if (refusal == null) {
          ctx.fireChannelRead(exchange);
        } else {
          ctx.writeAndFlush(refusal);
        }
      }
      case Malformed malformed when !inExchange ->
          ctx.writeAndFlush(Answers.rejected(malformed.status(), malformed.reason()));
      default -> ctx.fireChannelRead(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ConnectionFlow.Event.EXCHANGE_ENDED) {
      inExchange = false;
    }
    ctx.fireUserEventTriggered(event);
  }

  private @Nullable Answer judge(Exchange exchange) {
    HttpRequest request = exchange.request();
    HttpHeaders headers = request.headers();
    String ambiguity = ambiguity(exchange, headers);
    if (ambiguity != null) {
      return Answers.rejected(400, ambiguity);
    }
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
      return Answers.rejected(405, "CONNECT and TRACE are never carried out");
    }
    List<String> expect = headers.getAll(HttpHeaderNames.EXPECT);
    if (expect.size() > 1
        || (expect.size() == 1 && !expect.getFirst().equalsIgnoreCase("100-continue"))) {
      return Answers.rejected(417, "an expectation other than 100-continue");
    }
    return null;
  }

  private @Nullable String ambiguity(Exchange exchange, HttpHeaders headers) {
    List<String> host = headers.getAll(HttpHeaderNames.HOST);
    if (host.size() > 1 || (host.isEmpty() && !exchange.http10())) {
      return host.isEmpty() ? "no host" : "more than one host";
    }
    if (host.size() == 1 && !HostField.isWellFormed(host.getFirst())) {
      return "a host that is not host[:port]";
    }
    List<String> authorization = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (authorization.size() > 1) {
      return "more than one authorization";
    }
    List<TokenSource> read = sources.apply(exchange);
    if (authorization.size() == 1 && isTorn(authorization.getFirst(), read)) {
      return "a comma in a token";
    }
    return twoTokens(headers, read);
  }

  /** Some program may take what stands behind a comma for another credential. */
  private static boolean isTorn(String authorization, List<TokenSource> sources) {
    return authorization.indexOf(',') >= 0
        && (AuthScheme.BEARER.is(authorization)
            || (AuthScheme.DPOP.is(authorization) && sources.contains(new TokenSource.Dpop())));
  }

  private static @Nullable String twoTokens(HttpHeaders headers, List<TokenSource> sources) {
    for (TokenSource source : sources) {
      if (source instanceof TokenSource.Header(String name) && headers.getAll(name).size() > 1) {
        return "more than one " + name;
      }
    }
    return null;
  }
}
